/** Cookies that the browser writes and the server reads before the first paint. */
export const themeCookie = 'millrace-theme';
export const zoneCookie = 'millrace-zone';

/**
 * Runs before the first paint: sets the theme that the cookie names or the machine prefers, follows the machine when it changes, and tells the
 * server the time zone by a cookie, so that times are written once and right. The library that locks scrolling behind a
 * dialog writes a style; it finds the nonce for it under the name set here.
 */
export const themeScript = `(()=>{const d=document;window.__webpack_nonce__=d.currentScript.nonce;const r=d.documentElement,q=matchMedia('(prefers-color-scheme: dark)');
const c=()=>(d.cookie.match(/(?:^|; )${themeCookie}=(light|dark)/)||[])[1];
const set=()=>{r.dataset.theme=c()||(q.matches?'dark':'light')};set();q.addEventListener('change',set);
new MutationObserver(()=>{if(r.dataset.theme!==(c()||(q.matches?'dark':'light')))set()}).observe(r,{attributes:true,attributeFilter:['data-theme']});
d.addEventListener('${themeCookie}',set);
try{const z=Intl.DateTimeFormat().resolvedOptions().timeZone;
if(z&&!d.cookie.includes('${zoneCookie}='+encodeURIComponent(z)))d.cookie='${zoneCookie}='+encodeURIComponent(z)+';path=/;max-age=31536000;samesite=lax'}catch{}})()`;
