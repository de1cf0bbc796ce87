// Takes the fragment of a short or former address along: /b2/#known leads to #known. Without it the reader still reaches the page.
if (location.hash !== '') location.replace(document.currentScript.dataset.to + location.hash);
