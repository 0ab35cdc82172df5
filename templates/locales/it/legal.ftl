# The pages the law asks for: short and true.
privacy-title = Privacy
privacy-description = Quali dati tratta Autonomia, perché, e che cosa puoi chiedere.
privacy-lead = Per leggere, esercitarti e fare i quiz non ti chiediamo il nome.
privacy-1-title = Se impari senza tessera
privacy-1-text = Quando segni una lezione come letta o cominci un quiz, il tuo browser riceve un codice casuale. Serve solo a ritrovare i tuoi progressi. Non sappiamo chi sei.
privacy-2-title = Se hai la tessera
privacy-2-text = Il facilitatore registra i dati che gli dai: nome e cognome, e se vuoi codice fiscale, titolo di studio, occupazione, cittadinanza, provincia e recapiti. A questi si aggiungono le lezioni lette, le risposte ai quiz e i moduli completati.
privacy-3-title = A che cosa servono
privacy-3-text = A farti ritrovare i progressi, ad aiutarti al punto e a contare le persone raggiunte e i servizi dati dalla rete pubblica di facilitazione. Non li usiamo per pubblicità e non li vendiamo.
privacy-4-title = Come li proteggiamo
privacy-4-text = Il codice fiscale è conservato cifrato e non compare mai in indirizzi, registri tecnici o ricerche. I risultati pubblici della rete sono solo totali: nessun dato su una singola persona.
privacy-5-title = Chi li vede
privacy-5-text = I facilitatori del tuo punto e chi gestisce la piattaforma. I servizi contati vengono comunicati al sistema nazionale di monitoraggio, come prevede il programma.
privacy-6-title = Che cosa puoi chiedere
privacy-6-text = Di vedere i tuoi dati, correggerli, averne una copia o cancellarli. Rivolgiti al tuo punto di facilitazione o all'ente che gestisce questo servizio, che è il titolare del trattamento.

accessibilita-title = Accessibilità
accessibilita-description = Come è fatto questo sito perché lo possano usare tutti, e a chi segnalare un problema.
accessibilita-lead = Questo sito è pensato per chi usa poco il computer, per chi ha un telefono vecchio e per chi naviga con tecnologie assistive.
accessibilita-1-title = Che cosa abbiamo fatto
accessibilita-1-text = Ogni pagina funziona senza script, con la sola tastiera e con il testo ingrandito. Le lezioni sono scritte in modo semplice e le immagini hanno un testo alternativo.
accessibilita-2-title = A che punto siamo
accessibilita-2-text = Seguiamo le WCAG 2.2, livello AA, e la norma europea EN 301 549. Lo controlliamo da soli a ogni modifica. Nessun ente esterno ci ha ancora valutato.
accessibilita-3-title = Come segnalare un problema
accessibilita-3-text = Qualcosa non funziona per te? Scrivilo qui, o dillo al tuo punto di facilitazione. Rispondiamo entro 30 giorni.
accessibilita-4-title = Se non ricevi risposta
accessibilita-4-text = Se entro trenta giorni non hai risposta, o non ti soddisfa, puoi rivolgerti al difensore civico per il digitale presso AgID, l'Agenzia per l'Italia digitale.

cookie-title = Cookie
cookie-description = I due cookie tecnici che questo sito usa.
cookie-lead = Usiamo solo due cookie tecnici. Nessuno serve a seguirti su altri siti, quindi non ti chiediamo di accettarli.
cookie-1-title = autonomia
cookie-1-text = Ricorda la tua sessione: senza nome se impari da ospite, collegata alla tua tessera se sei entrato. Da ospite dura un anno; con la tessera finisce quando esci, quando chiudi il browser o dopo dodici ore.
cookie-2-title = lingua
cookie-2-text = Ricorda la lingua che hai scelto, per un anno. Compare solo se ne scegli una.
cookie-3-title = Come toglierli
cookie-3-text = Puoi cancellarli dalle impostazioni del browser. Se cancelli il primo mentre impari da ospite, perdi i progressi non collegati a una tessera.
