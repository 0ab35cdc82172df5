# The pages the law asks for: short and true.
privacy-title = Privacy
privacy-description = Quali dati usa Autonomia, perché li usa e che cosa puoi chiedere.
privacy-lead = Per leggere, esercitarti e fare i quiz non ti chiediamo il nome.
privacy-1-title = Se impari senza tessera
privacy-1-text = Quando segni una lezione come letta o cominci un quiz, il tuo browser riceve un codice casuale. Serve solo a ritrovare i tuoi progressi. Non sappiamo chi sei.
privacy-2-title = Se hai la tessera
privacy-2-text = Il facilitatore scrive i dati che gli dai. Bastano nome e cognome. Se vuoi, dagli anche codice fiscale, data di nascita e genere. Puoi aggiungere titolo di studio, lavoro, cittadinanza, provincia, telefono ed e-mail. Poi si aggiungono le lezioni che leggi, le risposte ai quiz e i moduli che completi.
privacy-3-title = A che cosa servono
privacy-3-text = Ti fanno ritrovare i progressi. Ci servono per aiutarti al punto. Contiamo anche le persone raggiunte e i servizi dati dalla rete pubblica di facilitazione. Non li usiamo per la pubblicità. Non li vendiamo.
privacy-4-title = Come li proteggiamo
privacy-4-text = Il codice fiscale è cifrato: senza la chiave nessuno lo legge. Non compare mai in un indirizzo, in una ricerca o nei registri tecnici. I risultati pubblici della rete sono solo totali. Non dicono niente di una singola persona.
privacy-5-title = Chi li vede
privacy-5-text = Li vedono i facilitatori del tuo punto e chi gestisce il sito. I servizi contati vanno al sistema nazionale che segue i risultati. Lo chiede il programma.
privacy-6-title = Che cosa puoi chiedere
privacy-6-text = Puoi vedere i tuoi dati, correggerli, averne una copia o farli cancellare. Chiedi al tuo punto di facilitazione. Oppure chiedi all'ente che gestisce il servizio. È lui il titolare del trattamento dei dati.

accessibilita-title = Accessibilità
accessibilita-description = Che cosa facciamo perché tutti possano usare questo sito. A chi puoi segnalare un problema.
accessibilita-lead = Questo sito è per tutti. È fatto per chi usa poco il computer e per chi ha un telefono vecchio. È fatto anche per chi naviga con un lettore di schermo o con altri aiuti.
accessibilita-1-title = Che cosa abbiamo fatto
accessibilita-1-text = Ogni pagina funziona senza script e con la sola tastiera. Funziona anche con il testo ingrandito. Le lezioni usano parole semplici. Le immagini hanno un testo che le descrive.
accessibilita-2-title = A che punto siamo
accessibilita-2-text = Seguiamo le WCAG 2.2, livello AA, e la norma europea EN 301 549. Lo controlliamo da soli a ogni modifica. Nessun ente esterno ci ha ancora valutato.
accessibilita-3-title = Come segnalare un problema
accessibilita-3-text = Qualcosa non funziona per te? Scrivilo qui, o dillo al tuo punto di facilitazione. Rispondiamo entro 30 giorni.
accessibilita-4-title = Se non ricevi risposta
accessibilita-4-text = Aspetta trenta giorni. Se nessuno risponde, o la risposta non ti basta, scrivi al difensore civico per il digitale. Si trova presso AgID, l'Agenzia per l'Italia digitale.

cookie-title = Cookie
cookie-description = I due cookie tecnici che questo sito usa.
cookie-lead = Usiamo solo due cookie tecnici. Nessuno serve a seguirti su altri siti, quindi non ti chiediamo di accettarli.
cookie-1-title = autonomia
cookie-1-text = Ricorda la tua sessione. Se impari da ospite non contiene il tuo nome, e dura un anno. Se sei entrato con la tessera è legato a quella. Allora finisce quando esci, quando chiudi il browser o dopo dodici ore.
cookie-2-title = lingua
cookie-2-text = Ricorda la lingua che hai scelto, per un anno. Compare solo se ne scegli una.
cookie-3-title = Come toglierli
cookie-3-text = Puoi cancellarli dalle impostazioni del browser. Attenzione al primo, se impari da ospite. Se lo cancelli, perdi i progressi che non sono legati a una tessera.
