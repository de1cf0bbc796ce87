/** Runs on a page with a lab: fetches the view, its framework and its model when the lab comes into sight. */
import { loadLab } from '../registry.ts';

async function begin(root: HTMLElement): Promise<void> {
  const [{ hydrateLab }, lab] = await Promise.all([import('./mount.ts'), loadLab(root.dataset.lab ?? '')]);
  hydrateLab(root, lab);
}

const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    observer.unobserve(target);
    void begin(target as HTMLElement);
  }
});
for (const root of document.querySelectorAll('[data-lab]')) observer.observe(root);
