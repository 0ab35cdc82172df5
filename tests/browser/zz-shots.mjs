import { chromium } from '@playwright/test';
import fs from 'fs';
const { address, accounts } = JSON.parse(fs.readFileSync('/tmp/assign/demo.out','utf8').split('\n')[0]);
const api = async (token, method, path, body) => { const r = await fetch(address+'/api/v1'+path,{method,headers:{authorization:'Bearer '+token,'content-type':'application/json'},body:body&&JSON.stringify(body)}); const t=await r.text(); if(!r.ok) console.log(method,path,r.status,t); return t?JSON.parse(t):null; };
const fac = accounts.find(a=>a.role==='facilitator'), cit = accounts.find(a=>a.role==='citizen');
const ft=(await api('','POST','/sessions',{email:fac.email,password:fac.password})).token;
const ct=(await api('','POST','/sessions',{card:cit.card,pin:cit.pin})).token;
const me=await api(ct,'GET','/me'); const id=me.citizen;
const people=(await api(ft,'GET','/citizens')).citizens.map(c=>c.id);
const g=(await api(ft,'POST','/groups',{name:'Corso del martedì mattina'})).id;
await api(ft,'PUT',`/groups/${g}/members`,{citizens:people.slice(0,8)});
await api(ft,'POST','/assignments',{path:'pagare-online',group:g,due_on:'2099-12-03',note:'Ne parliamo martedì.'});
await api(ft,'POST','/assignments',{modules:['prenotare-salute'],lesson:'prenotare-una-visita',citizens:[id],due_on:new Date().toISOString().slice(0,10),note:'Prova a prenotare la visita dell\'oculista. Martedì mi racconti com\'è andata.'});
await api(ft,'POST','/assignments',{modules:['pagamenti-online'],citizens:[id]});
for (const l of ['che-cose-spid','scegliere']) await api(ct,'POST',`/modules/spid/lessons/${l}/read`,{});
const exe={executablePath:'/usr/bin/chromium',args:['--no-sandbox']};
const browser=await chromium.launch(exe);
const login=async(ctx,token)=>ctx.addCookies([{name:'autonomia',value:token,url:address}]);
let AxeBuilder; try { AxeBuilder=(await import('@axe-core/playwright')).default } catch(e){ console.log('no axe') }
const form=async(token,path,fields)=>{const r=await fetch(address+path,{method:'POST',redirect:'manual',headers:{authorization:'Bearer '+token,'content-type':'application/x-www-form-urlencoded'},body:new URLSearchParams(fields)}); console.log(path,r.status);};
await form(ct,'/aiuto',{da:'/moduli/spid/scegliere',text:'Non capisco quale gestore scegliere.\nSono tutti gratis?'});
await form(ct,'/aiuto',{da:'/moduli/pagamenti-online/carte',text:'Posso usare la carta di mia figlia?'});
const st=await api(ft,'GET',`/points/${(await api(ft,'GET','/me')).points[0].code}/stuck`);
await form(ft,`/punto/fermi/${st.help[1].id}`,{answer:'Sì, se lei è d\'accordo. Vieni con lei martedì.'});
await form(ft,`/punto/cittadini/${people[0]}/completamenti`,{module:'spid',reason:'sul mio tablet'});
for (const [w,h] of [[360,740],[1280,900]]) {
  for (const [who,token] of [['f',ft],['c',ct],['n',null]]) {
    const ctx=await browser.newContext({viewport:{width:w,height:h},locale:process.env.L||'it-IT'}); if(token) await login(ctx,token);
    const page=await ctx.newPage();
    const list= who==='f'?{gruppi:'/punto/gruppi',gruppo:`/punto/gruppi/${g}`,assegna:`/punto/cittadini/${id}/assegna`,assegnaq:`/punto/gruppi/${g}/assegna?q=prenotare+una+visita`,fermi:'/punto/fermi'}: who==='c'?{mio:'/mio-percorso',aiuto:'/aiuto?da=/moduli/spid/scegliere',lezione:'/moduli/spid/scegliere'}:{aiutonessuno:'/aiuto?da=/moduli/spid/scegliere'};
    for (const [n,p] of Object.entries(list)) {
      const r=await page.goto(address+p); if(r.status()!==200) console.log(n,r.status());
      await page.waitForTimeout(150);
      await page.screenshot({path:`/tmp/assign/shots/${n}-${w}.png`,fullPage:true});
      const over=await page.evaluate(()=>document.documentElement.scrollWidth>innerWidth); if(over) console.log('OVERFLOW',n,w);
      if (AxeBuilder) { const res=await new AxeBuilder({page}).analyze(); for(const v of res.violations) console.log(n,w,v.id,v.nodes.length,v.nodes[0].html.slice(0,160)); }
    }
    await ctx.close();
  }
}
await browser.close();
