# Reading aids, reading without a network, answers in place.
reader-open = Leggi meglio
reader-size = Grandezza del testo
reader-size-1 = Normale
reader-size-2 = Grande
reader-size-3 = Più grande
reader-size-4 = Molto grande
reader-spacing = Più spazio tra le righe
reader-colours = Colori
reader-colours-auto = Come il dispositivo
reader-colours-light = Chiari
reader-colours-dark = Scuri
reader-colours-contrast = Alto contrasto
reader-aloud = Ascolta
reader-pause = Pausa
reader-resume = Continua
reader-stop = Ferma la voce
reader-no-voice = Qui non c'è una voce per questa lingua. Puoi aggiungerla dalle impostazioni del dispositivo.

typing-found = { $count ->
    [one] Un risultato.
   *[other] { $count } risultati.
}
typing-first = Ecco i primi 5 risultati. Premi Cerca per vederli tutti.
typing-nothing = Ancora nessun risultato.

network-off = Non sei in rete. Puoi leggere quello che è salvato qui.
network-kept-answer = Non sei in rete. La risposta è salvata qui e partirà da sola.
network-kept-lesson = Non sei in rete. Abbiamo salvato qui che hai letto la lezione. Partirà da solo.
network-sent = Sei in rete. Quello che era salvato qui è partito.
network-enter = Quello che hai salvato qui non è ancora partito. Accedi di nuovo.
network-lost = Qualcosa aspettava da prima che entrassi tu. Non è tuo, quindi non è partito.
network-see = Guarda il risultato

keep-offer = Tieni questo corso anche senza rete
keep-help = Lo salviamo su questo dispositivo. Il quiz si fa solo in rete.
keep-working = Stiamo salvando il corso…
keep-done = Hai questo corso anche senza rete.
keep-failed = Il salvataggio non è riuscito. Riprova quando la rete va meglio.
keep-list = Vedi che cosa è salvato

offline-title = Leggere senza rete
offline-lead = Qui ci sono le lezioni salvate su questo dispositivo.
offline-instead = Ora non c'è rete. La pagina che cerchi non è salvata qui.
offline-retry = Riprova
offline-kept = Che cosa puoi leggere adesso
offline-none = Qui non c'è ancora niente. Apri una lezione quando sei in rete: la ritrovi qui.
offline-how = Vuoi tenere un corso intero? Aprilo e scegli «Tieni questo corso anche senza rete».
offline-needs-scripts = Per leggere senza rete servono gli script del browser.

cookie-9-title = Che cosa resta sul tuo dispositivo
cookie-9-text = Il browser ricorda come ti piace leggere: testo, spazi e colori. Tiene una copia delle lezioni che apri, per quando non c'è rete. Quello che fai senza rete resta lì finché non parte. Il tuo nome non c'è. Quando esci, copie e risposte si cancellano. Se entra un altro, quello che aspettava non va a suo nome.
