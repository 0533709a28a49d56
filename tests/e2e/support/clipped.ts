import type { Page } from '@playwright/test';

/**
 * Text of the interface that is cut by an edge and cannot be scrolled into view, one line each. Text that ends in an
 * ellipsis, that waits wholly out of sight, or that lies on the paper does not count.
 */
export function clippedText(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const out = (text: DOMRect, box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }): 'across' | 'down' | null => {
      if (text.right <= box.left || text.left >= box.right || text.bottom <= box.top || text.top >= box.bottom) return null;
      if (text.left < box.left - 1 || text.right > box.right + 1) return 'across';
      // lines are higher than their letters
      return text.top < box.top - 3 || text.bottom > box.bottom + 3 ? 'down' : null;
    };
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element || (node.textContent ?? '').trim() === '' || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
      if (element.closest('.react-flow__viewport, [data-base-ui-focus-guard]')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rect = range.getBoundingClientRect();
      if (rect.width < 2 || rect.height < 2) continue;
      let cut: 'across' | 'down' | null = null;
      let reachable = false;
      for (let at: Element | null = element; at && !reachable && !cut; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.clipPath !== 'none') reachable = true;
        else if (/auto|scroll/.test(style.overflowX + style.overflowY)) reachable = true;
        else if (style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis' && !style.webkitLineClamp.match(/^\d/)) cut = out(rect, at.getBoundingClientRect());
        else if (style.overflowX !== 'visible') reachable = true;
        if (style.position === 'fixed') break;
      }
      if (!reachable && !cut) cut = out(rect, { left: 0, top: 0, right: innerWidth, bottom: innerHeight });
      if (!reachable && cut) found.push(`${cut}: ${(node.textContent ?? '').trim().slice(0, 60)}`);
    }
    return found;
  });
}
