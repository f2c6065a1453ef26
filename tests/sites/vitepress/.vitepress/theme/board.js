import { defineAsyncComponent, h } from 'vue'

// The board is in the page. Its text comes a second time only to readers who
// reach the page from another one of the site.
export default defineAsyncComponent({
  loader: async () => {
    const { default: board } = await import('../../board.html?raw')
    return () => h('div', { innerHTML: board })
  },
  hydrate: () => {},
})
