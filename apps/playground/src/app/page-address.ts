import { defaultModel } from '../model/model-name';
import { longestFragment, toFragment } from '../share/fragment';
import type { SharedState } from '../share/shared-state';
import { sharedTree } from '../share/shared-tree';
import type { ViewBand } from '../shell/view-band';
import type { Playground } from './playground';

const addressPause = 250;

interface PageAddress {
  /** The address of the page as it is now; a text that is too long for one is left out. */
  link(): Promise<string>;
  /** Puts it into the address bar, once it has settled. */
  keep(): void;
}

/** What the page shows, as an address that opens the same. */
export function pageAddress(playground: Playground, band: ViewBand): PageAddress {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let keptModel: string | undefined;

  function state(): SharedState {
    const { tree, node, settings } = playground;
    return {
      model: playground.model?.name ?? defaultModel,
      prompt: node.prompt.text,
      ...sharedTree(tree, node),
      settings,
      view: band.name,
    };
  }

  async function link(): Promise<string> {
    const url = new URL(location.href);
    const fragment = await toFragment(state());
    url.hash = fragment.length > longestFragment ? '' : fragment;
    return url.href;
  }

  return {
    link,
    keep() {
      clearTimeout(timer);
      if (!document.body.classList.contains('live') || playground.generating) return;
      // Another model is in the address at once: whoever reloads the page then gets it back.
      const pause = playground.model?.name === keptModel ? addressPause : 0;
      keptModel = playground.model?.name;
      timer = setTimeout(async () => {
        const href = await link();
        if (href !== location.href) history.replaceState(null, '', href);
      }, pause);
    },
  };
}
