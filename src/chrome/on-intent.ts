import { copied } from './copy-link.ts';
import { frameLab } from './lab-frame.ts';
import { begin as beginPreviews } from './previews.ts';

/** Takes up the event with which the reader first showed interest, which came before this script did. */
export function begin(event: Event): void {
  if (event.type === 'click') {
    copied(event as MouseEvent);
    frameLab(event);
  }
  beginPreviews(event);
}
