import DefaultTheme from 'vitepress/theme'
import './trainboard.css'
import './ground.css'

export default DefaultTheme
