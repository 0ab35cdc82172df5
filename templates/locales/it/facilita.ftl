# Facilita: the files, the reports, and what has to be put right.
facilita-title = Invio a Facilita
facilita-count-ready = Pronte
facilita-count-help-ready = Partono con il prossimo file
facilita-count-sent = Inviate
facilita-count-help-sent = Facilita non ha ancora risposto
facilita-count-accepted = Accettate
facilita-count-help-accepted = Sono in Facilita
facilita-count-rejected = Rifiutate
facilita-count-help-rejected = C'è qualcosa da correggere
facilita-count-corrected = Corrette
facilita-count-help-corrected = Partono con il prossimo file
facilita-new = Prepara un file
facilita-new-text = Scegli i giorni. Prima vedi che cosa parte e che cosa resta fermo.
facilita-from = Dal giorno
facilita-to = Al giorno
facilita-days-reversed = L'ultimo giorno viene prima del primo.
facilita-try = Controlla
facilita-trial = Che cosa parte
facilita-trial-rows = { $count ->
    [one] Il file avrà 1 riga.
   *[other] Il file avrà { $count } righe.
}
facilita-trial-waiting = { $count ->
    [one] 1 riga aspetta il file dopo.
   *[other] { $count } righe aspettano il file dopo.
}
facilita-force = Fai il file anche se un altro aspetta la risposta
facilita-make = Fai il file
facilita-nothing = In questi giorni non c'è niente da inviare.
facilita-held = { $count ->
    [one] 1 riga resta ferma
   *[other] { $count } righe restano ferme
}
facilita-held-refused = { $count ->
    [one] 1 riga rifiutata da Facilita non è ancora corretta
   *[other] { $count } righe rifiutate da Facilita non sono ancora corrette
}
facilita-held-lacking = { $count ->
    [one] Di quelle ferme, 1 aspetta una scheda da completare. Le altre hanno un motivo diverso.
   *[other] Di quelle ferme, { $count } aspettano una scheda da completare. Le altre hanno un motivo diverso.
}
facilita-held-text = Così Facilita non le prende. Correggi i dati: poi partono da sole con il prossimo file.
facilita-held-more = E altre { $count }.
facilita-held-facilitator-id = Manca il codice di chi ha dato il servizio
facilita-held-facilitator-name = Manca il nome, come è scritto in Facilita, di chi ha dato il servizio
facilita-held-point-id = Manca il numero che il punto ha in Facilita
facilita-held-point-name = Il punto non ha un nome
facilita-held-name = Manca il nome o il cognome
facilita-held-no-code = Manca il codice fiscale
facilita-held-minor = La persona è troppo giovane per Facilita. Se compie 18 anni, parte da quel giorno
facilita-held-century = Facilita legge male l'anno di nascita e scarta la riga. Scrivi il servizio a mano in Facilita, dalla pagina del servizio
facilita-held-education = Manca il titolo di studio
facilita-held-occupation = Manca l'occupazione
facilita-held-citizenship = Manca la cittadinanza
facilita-held-province = Manca la provincia
facilita-held-before-project = Il giorno viene prima dell'inizio del programma
facilita-held-after-project = Il giorno viene dopo la fine del programma
facilita-held-after-cut-off = Facilita non prende ancora questo giorno. Sposta l'ultimo giorno nel programma, quando Facilita lo sposta
facilita-held-duration = La durata deve essere meno di un giorno
facilita-held-competences = Manca un tema che Facilita conosce
facilita-held-domains = Manca l'ambito del servizio
facilita-held-title = Manca il titolo del servizio
facilita-held-twice = La stessa persona è due volte sullo stesso servizio
facilita-held-unchanged = Facilita ha rifiutato la riga, e la riga è ancora uguale
facilita-away = Da togliere in Facilita
facilita-away-text = Questi servizi sono annullati, ma Facilita li ha già. Toglili a mano in Facilita, poi scrivilo qui.
facilita-away-reason = Motivo:
facilita-away-done = Tolto
facilita-files = File fatti
facilita-no-files = Non c'è ancora nessun file.
facilita-made = Fatto il
facilita-days = Giorni
facilita-span = dal { $from } al { $to }
facilita-rows = Righe
facilita-answer = Risposta di Facilita
facilita-no-answer = Non ancora
facilita-all-accepted = Tutte accettate
facilita-refused-count = { $count ->
    [one] 1 riga rifiutata
   *[other] { $count } righe rifiutate
}
facilita-file-title = Un file per Facilita
facilita-next = Che cosa fare ora
facilita-step-2 = Caricalo in Facilita. Aspetta che abbia finito.
facilita-step-3 = Carica qui sotto il file delle righe scartate. Facilita te lo dà alla fine.
facilita-report = File delle righe scartate
facilita-refused-told = Quante righe ha scartato Facilita?
facilita-refused-told-help = Lo dice la pagina di Facilita. Così vediamo se il file è intero.
facilita-report-how-many = Scrivi quante righe ha scartato Facilita.
facilita-report-count = Il file ha un altro numero di righe. Forse è tagliato: scaricalo di nuovo da Facilita.
facilita-report-help = Scegli il file che ti dà Facilita, intero e com'è.
facilita-report-send = Leggi la risposta
facilita-report-other = Leggi un'altra risposta
facilita-report-empty = Il file è vuoto. Scarica di nuovo il file delle righe scartate.
facilita-report-wrong = Alcune righe non vanno bene. Non è cambiato niente: scarica di nuovo il file e riprova.
facilita-line = Riga { $number } del file:
facilita-reported = Risposta letta il { $day }.
facilita-accepted-rows = Righe accettate: { $number }.
facilita-refused = Righe rifiutate
facilita-refused-text = Correggi i dati. Una riga corretta parte da sola con il prossimo file. Le altre non partono più.
facilita-row = Riga { $number }
facilita-says = Facilita dice:
facilita-now-open = Da correggere
facilita-now-mended = Corretta: parte con il prossimo file
facilita-now-settled = Inviata di nuovo
facilita-now-void = Servizio annullato: non parte più
facilita-mend = Correggi
facilita-decide = Non c'è niente da correggere qui
facilita-reason = Perché?
facilita-reason-help = Scrivi poche parole, senza nomi.
facilita-again = Rimanda com'è
facilita-there = È già in Facilita
facilita-repair-present = La persona è già su questo servizio in Facilita. Controlla là: se c'è, premi "È già in Facilita".
facilita-repair-facilitator = Facilita non trova chi ha dato il servizio. Controlla nome e codice.
facilita-repair-site = Facilita non trova il punto. Controlla il nome e il numero.
facilita-repair-unassigned = In Facilita, collega al progetto la persona e il punto. Poi rimanda la riga com'è.
facilita-repair-project = Facilita non trova il progetto. Controlla i dati del programma.
facilita-repair-empty = Manca un dato. Aggiungilo.
facilita-repair-code = Il codice fiscale non va bene. Leggilo di nuovo sul documento.
facilita-repair-minor = La persona è troppo giovane. Controlla il codice fiscale.
facilita-repair-outside = Il giorno non è tra quelli del progetto. Se è un errore, annulla il servizio e scrivilo di nuovo.
facilita-repair-late = Facilita non prende ancora questo giorno. Più avanti rimanda la riga com'è.
facilita-repair-form = Il giorno o la durata non vanno bene. Annulla il servizio e scrivilo di nuovo.
facilita-repair-value = Un dato ha un codice che Facilita non conosce. Sceglilo di nuovo.
facilita-repair-service = C'è un errore nei dati del servizio. Se serve, annullalo e scrivilo di nuovo.
facilita-repair-citizen = C'è un errore nei dati della persona. Controlla la sua scheda.
facilita-repair-questionnaire = Facilita non ha salvato le risposte. Controlla là, poi rimanda la riga com'è.
facilita-repair-unknown = Leggi che cosa dice Facilita. Correggi qui, oppure in Facilita.
facilita-download = Scarica il file
facilita-download-report = Scarica la risposta
facilita-sign = Da firmare e tenere
facilita-sign-text = L'ente tiene ogni file e la sua risposta in un PDF con firma digitale. Queste impronte dicono che sono proprio loro (SHA-256).
facilita-hash-file = Impronta del file
facilita-emptied = { $count ->
    [one] Una persona di questo file ha fatto cancellare i suoi dati. Ora la sua riga è vuota. Il file che scarichi non è più quello inviato.
   *[other] { $count } persone di questo file hanno fatto cancellare i loro dati. Ora le loro righe sono vuote. Il file che scarichi non è più quello inviato.
}
facilita-emptied-hash = L'impronta è del file come è stato inviato. Il file che scarichi ora ne ha un'altra, perché alcune righe sono state cancellate.
facilita-hash-report = Impronta della risposta
facilita-lines = Tutte le righe del file
facilita-number = Riga
facilita-citizen = Persona
facilita-service = Servizio
facilita-day = Giorno
facilita-state = Stato
facilita-state-ready = richiamata
facilita-state-sent = inviata
facilita-state-accepted = accettata
facilita-state-rejected = rifiutata
facilita-state-corrected = corretta
facilita-state-erased = persona cancellata
facilita-open = Un file aspetta ancora la risposta di Facilita. Leggi prima quella.
facilita-open-link = Apri il file
facilita-changed = I dati sono cambiati mentre facevi il file. Riprova.
facilita-line-unreadable = Questa riga non comincia con un numero. Scarica di nuovo il file.
facilita-line-out-of-range = Nel file non c'è una riga con questo numero.
facilita-line-other-file = Questa riga parla di un altro file.
facilita-reason-needed = Scrivi perché.
facilita-count-held = Ferme
facilita-count-help-held = Mai inviate: manca qualcosa
facilita-count-records = Ferme per una scheda
facilita-count-help-records = Manca un dato di una persona del punto
facilita-count-others = Ferme per altro
facilita-count-help-others = Il motivo è scritto sul servizio. Lo sistema chi coordina
facilita-report-no-header = Manca la prima riga, con i nomi delle colonne. Forse il file è tagliato: scaricalo di nuovo.
facilita-report-no-rows = Il file non ha righe scartate. Forse è tagliato: scaricalo di nuovo. Se Facilita ha preso tutto, usa il pulsante qui sotto.
facilita-report-and-none = C'è un file con righe scartate. Non si può dire che non ce ne sono.
facilita-line-cut-off = Questa riga è tagliata: mancano delle colonne. Scarica di nuovo il file.
facilita-none-text = Facilita ha preso tutto? Controlla là, poi scrivilo qui.
facilita-none = Facilita non ha scartato nessuna riga
facilita-call-back-title = Il file non è ancora in Facilita? Puoi richiamarlo
facilita-call-back-text = Fallo solo se nessuno lo ha caricato in Facilita. Le righe tornano pronte per un altro file. Questo file resta nell'elenco, ma non vale più.
facilita-call-back = Richiama il file
facilita-called-back-on = File richiamato il { $day }: non va caricato in Facilita.
facilita-called-back-tag = Richiamato
facilita-called-back = Il file è richiamato. Non vale più e non aspetta risposte.
facilita-has-report = Facilita ha già risposto. Il file non si può più richiamare.
