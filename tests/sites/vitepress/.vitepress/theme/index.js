import DefaultTheme from 'vitepress/theme'
import Board from './board.js'
import './trainboard.css'
import './ground.css'

export default {
  extends: DefaultTheme,
  enhanceApp: ({ app }) => app.component('Board', Board),
}
