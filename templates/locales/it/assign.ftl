# Groups, what people are given to learn, who is stuck, help.
groups-title = Gruppi
groups-lead = Un gruppo raccoglie persone che imparano insieme. Quello che dai al gruppo vale per tutti.
groups-list = I gruppi aperti
groups-none = Non c'è ancora nessun gruppo.
group-new = Crea un gruppo
group-name = Nome del gruppo
group-name-help = Per esempio: Corso del martedì.
group-create = Crea il gruppo
group-members = Persone
group-csv = Scarica la tabella (CSV)
group-progress = A che punto sono
group-empty = Nel gruppo non c'è ancora nessuno. Aggiungi le persone qui sotto.
group-nothing = Il gruppo non ha ancora niente da fare. Assegna un modulo.
group-people = Persone del gruppo
group-add = Aggiungi una persona
group-add-button = Aggiungi
group-is-in = è nel gruppo
group-remove = Togli
group-full = { $largest ->
    [one] Il gruppo è pieno: ha una persona.
   *[other] Il gruppo è pieno: ha { $largest } persone.
}
group-too-many = Il gruppo è pieno. Togli qualcuno, o crea un altro gruppo.
group-change = Cambia il gruppo
group-rename = Cambia nome
group-close = Chiudi il gruppo
group-close-help = I compiti del gruppo finiscono. Quello che le persone hanno imparato resta.
standing-done = Fatto
standing-done-behalf = Fatto con il facilitatore
standing-begun = { $of ->
    [one] { $read } di 1 lezione
   *[other] { $read } di { $of } lezioni
}
standing-none = Non iniziato

assign-title = Assegna un modulo
assign-to = A chi:
assign-done = Fatto: il compito è assegnato.
assign-withdrawn = Fatto: il compito è ritirato.
assign-need = Di che cosa ha bisogno?
assign-need-label = Cerca con parole tue
assign-need-help = Per esempio: prenotare una visita.
assign-domain = Ambito
assign-any = Tutti gli ambiti
assign-find = Trova i moduli
assign-all = Mostra tutti i moduli
assign-perhaps = Forse cercavi:
assign-modules = Scegli i moduli
assign-given = già assegnato
assign-no-module = Nessun modulo trovato. Prova con altre parole.
assign-path = Oppure un percorso intero
assign-path-help = Un percorso è un insieme di moduli, in ordine.
assign-no-path = Nessun percorso
assign-lesson = Da quale lezione parte
assign-lesson-help = Se scegli una lezione, il suo modulo viene assegnato.
assign-lesson-first = Dall'inizio
assign-due = Da fare entro il
assign-due-help = Se non c'è fretta, lascia vuoto.
assign-note = Un messaggio per chi impara
assign-note-help = Lo legge insieme al compito.
assign-button = Assegna
assign-nothing = Scegli almeno un modulo o un percorso.
assign-nobody = Scegli a chi assegnare: da una a 60 persone.
assign-either = Scegli le persone oppure il gruppo.
assign-unknown-module = Uno di questi moduli non c'è più. Scegli di nuovo.
assign-unknown-path = Questo percorso non c'è più. Scegli di nuovo.
assign-unknown-lesson = Questa lezione non è in quel modulo.
assign-due-past = Questo giorno è già passato.
tasks-title = Compiti assegnati
tasks-due = Entro il { $day }
tasks-note = Messaggio:
tasks-withdraw = Ritira
tasks-to-group = È un compito del gruppo: lo ritiri dalla pagina del gruppo.

behalf-title = L'ha fatto qui al punto?
behalf-text = Se hai visto fare il modulo davanti a te, puoi registrarlo. Resta scritto chi lo registra e perché.
behalf-module = Modulo completato
behalf-reason = Come l'ha fatto
behalf-reason-help = Per esempio: quiz fatto sul mio tablet, insieme a me.
behalf-button = Registra come completato
behalf-done = Fatto: il modulo è registrato come completato.
completed-already = Questo modulo è già completato.
mine-recorded = Lo ha segnato un facilitatore.

task-title = Da fare per te
task-due = Da fare entro il { $day }.
task-note = Il tuo facilitatore ti dice:
task-done = Fatto il { $day }.

stuck-title = Chi è fermo
stuck-answered = Fatto: la domanda ha avuto risposta.
stuck-help = Chi chiede aiuto
stuck-asked = Ha scritto il { $day } da:
stuck-no-help = Nessuno aspetta una risposta.
stuck-answer = Manda la risposta
stuck-at-desk = Fatto allo sportello
stuck-people = Chi si è fermato
stuck-rule = { $count ->
    [one] Hanno un modulo da finire. Non fanno niente da un giorno, o il tempo è scaduto.
   *[other] Hanno un modulo da finire. Non fanno niente da { $count } giorni, o il tempo è scaduto.
}
stuck-name = Nome
stuck-module = Modulo
stuck-at = Dove si è fermato
stuck-since = Da quando
stuck-due = Scadenza
stuck-not-begun = Mai iniziato:
stuck-days = { $count ->
    [one] 1 giorno
   *[other] { $count } giorni
}
stuck-overdue = scaduto
stuck-more-help = { $count ->
    [one] Dopo queste c'è un'altra domanda.
   *[other] Dopo queste ci sono altre { $count } domande.
}
stuck-nobody = Nessuno è fermo.
stuck-hard = Domande difficili
stuck-hard-text = Sono le domande che le persone del punto sbagliano di più.
stuck-question = Domanda
stuck-wrong = Risposte sbagliate
stuck-share = { $share }%: { $wrong } su { $answers }

help-title = Chiedi al mio facilitatore
help-lead = Scrivi che cosa non ti è chiaro. La domanda arriva al tuo punto.
help-about = La tua domanda nasce da:
help-text = La tua domanda
help-text-help = Non scrivere password o PIN.
help-send = Manda la domanda
help-sent = La tua domanda è partita. Trovi la risposta in «Il mio percorso».
help-back = Torna dov'eri
help-where = Apri una lezione o un quiz. In fondo alla pagina puoi chiedere aiuto.
help-empty = Scrivi la tua domanda.
help-too-many = Hai già dieci domande che aspettano. Prima aspetta una risposta.
help-answer = La tua risposta
help-staff = Qui scrivono i cittadini con la tessera. Le loro domande arrivano al punto.
help-nobody = Con la tessera puoi scrivere al tuo facilitatore. Ti risponde lui.
help-have-card = Entra con la tessera
help-no-card = Non hai la tessera?
help-no-card-text = Vai nel punto di facilitazione più vicino: ti aiutano lì, e ti danno la tessera. È gratis.
asked-title = Le tue domande
asked-on = Il { $day }, da:
asked-answer = Il tuo facilitatore ha risposto il { $day }:
asked-at-desk = Ne avete parlato allo sportello il { $day }.
asked-waiting = Aspetta una risposta.
