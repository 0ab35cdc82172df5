# Entering, one's own learning, the facilitator's desk.
accedi-title = Accedi
accedi-lead = Per leggere le lezioni e fare i quiz non serve accedere. Accedi se vuoi ritrovare i tuoi progressi anche altrove.
accedi-already = Hai già fatto l'accesso.
accedi-card = Ho una tessera
accedi-card-text = È la tessera che ti ha dato il tuo punto di facilitazione, con un codice e un PIN.
accedi-card-button = Entra con la tessera
accedi-no-card = Non hai la tessera? Ecco come averla
accedi-email = Lavoro nella rete
accedi-email-text = Per facilitatori, redazione e coordinamento.
accedi-button = Accedi
sign-in-wrong = Quello che hai scritto non corrisponde. Controlla e riprova.
sign-in-locked = Troppi tentativi sbagliati. Per sicurezza devi aspettare. Riprova più tardi, o chiedi al tuo punto.
sign-out = Esci
tessera-title = Entra con la tessera
tessera-lead = Scrivi il codice e il PIN che trovi sulla tessera.
tessera-button = Entra
field-card = Codice della tessera
field-card-help = Nove lettere e numeri, per esempio ABCD-EFGH-3. Maiuscole, spazi e trattini non contano.
field-pin = PIN
field-pin-help = Cinque cifre.
field-email = Indirizzo e-mail
field-password = Password
field-new-password = Nuova password
field-again = Ripeti la nuova password
registrati-title = Come avere la tessera
registrati-lead = La tessera è gratuita. Con la tessera ritrovi i tuoi progressi su ogni telefono o computer.
registrati-how = Tre passi
registrati-step-1 = Vai in un punto di facilitazione digitale vicino a te. Porta la tessera sanitaria e un documento.
registrati-step-2 = Un facilitatore ti registra. Poi ti stampa la tessera con codice e PIN.
registrati-step-3 = Da quel momento entri con la tessera, da dove vuoi. Quello che hai già imparato qui viene con te.
registrati-guest = Intanto puoi imparare anche senza tessera. Sul tuo telefono o computer i progressi restano nel browser.
registrati-learn = Comincia a imparare
password-title = Scegli la password
password-text = { $shortest ->
    [one] Scegli una password di almeno un carattere. Una frase di tre o quattro parole è facile da ricordare e sicura.
   *[other] Scegli una password di almeno { $shortest } caratteri. Una frase di tre o quattro parole è facile da ricordare e sicura.
}
password-differs = Le due password non sono uguali.
password-button = Salva la password
password-done = La password è salvata. Ora puoi accedere.
staff-short = La password è troppo corta.
staff-link = Questo collegamento è già stato usato o è scaduto. Chiedine un altro a chi gestisce la piattaforma.
staff-email = Questo non è un indirizzo e-mail.
staff-point = Un facilitatore lavora in un punto: indica quale.

mine-title = Il mio percorso
mine-guest-title = Stai imparando senza tessera.
mine-guest-text = I tuoi progressi restano solo in questo browser.
mine-guest-text-shared = Questo dispositivo è del punto. Quello che fai senza tessera finisce quando entra un altro. Per tenerlo, entra con la tessera prima di cominciare.
mine-guest-new = Non sei tu? Ricomincia da capo
mine-empty = Qui troverai i moduli che hai cominciato. Ne scegli uno?
mine-choose = Scegli un modulo
mine-under-way = Stai imparando
mine-done = Completati
mine-read = { $of ->
    [one] Lezioni lette: { $read } su 1
   *[other] Lezioni lette: { $read } su { $of }
}
mine-best = miglior risultato del quiz: { $score }%
mine-completed = Completato il { $day }
mine-updated = Poi questo modulo è stato aggiornato. Se vuoi, guarda che cosa c'è di nuovo.

point-title = Il mio punto
point-search = Cerca una persona
point-search-help = Cognome e nome. Oppure il codice fiscale intero, o quello della tessera.
point-search-button = Cerca
point-new = Registra una persona
point-citizens = Persone del punto
point-found = Persone trovate
point-nobody = Nessuna persona trovata.
point-name = Nome
point-born = Nata o nato il
point-counts = Codice fiscale
point-verified = verificato
point-unverified = manca
citizen-new-title = Registra, tessera e servizio
citizen-edit-title = Correggi i dati
citizen-edit-list = Torna alle schede da completare
citizen-new-lead = Comincia dal codice fiscale. Leggilo dalla tessera sanitaria e premi Invio. Senza codice bastano nome e cognome.
citizen-save = Salva
citizen-exists = Questa persona è già registrata.
citizen-exists-link = Apri la sua scheda
citizen-record = Scheda
citizen-edit = Correggi i dati
citizen-card = Dai una tessera
citizen-learning = Che cosa sta imparando
citizen-nothing = Non ha ancora cominciato un modulo con la tessera.
card-title = Tessera di { $name }
card-once = Stampa o copia ora: codice e PIN non si potranno più vedere.
card-code = Codice
card-pin = PIN
card-how = Per entrare: vai su { $site }/tessera, scrivi il codice e il PIN.
card-how-by-hand = Per entrare: apri il sito del tuo punto. Scrivi qui l'indirizzo: ______________. Poi scrivi il codice e il PIN.
site-no-address = Qui manca l'indirizzo del sito. Chi gestisce il sito deve indicarlo all'avvio (opzione --address).
card-care = Il PIN è personale: non scriverlo altrove e non dirlo a nessuno.
card-done = Torna alla scheda
field-codice_fiscale = Codice fiscale
field-codice_fiscale-help = Sedici caratteri, dalla tessera sanitaria. Serve per il conteggio nazionale, anche aggiunto dopo.
field-first_name = Nome
field-last_name = Cognome
field-birth_date = Data di nascita
field-birth_date-help = Solo se manca il codice fiscale.
field-gender = Genere
field-education = Titolo di studio
field-occupation = Occupazione
field-citizenship = Cittadinanza
field-province = Provincia di domicilio
field-phone = Telefono
field-point = Punto
choose = Scegli
fields-wrong = { $count ->
    [one] C'è un dato da correggere.
   *[other] Ci sono { $count } dati da correggere.
}
required = Questo dato serve.
too-long = È troppo lungo.
not-a-name = Un nome non contiene numeri o simboli.
not-a-choice = Scegli una voce dell'elenco.
not-a-province = Non c'è una provincia con questo nome. Scrivi il nome o la sigla, come Bari o BA.
not-a-date = Scrivi la data come giorno, mese e anno.
not-a-birth-date = Questa non può essere una data di nascita.
not-latin = Usa solo le lettere del nostro alfabeto.
not-an-email = Questo non è un indirizzo e-mail.
not-a-phone = Questo non è un numero di telefono.
name-differs-title = Il codice è di questa persona?
name-differs = Le prime sei lettere del codice sono di un altro nome. È la tessera di questa persona?
name-differs-swapped = Forse nome e cognome sono scambiati. Guarda sulla tessera qual è il cognome.
name-differs-help = Un nome può cambiare, e il codice no. Se la tessera è sua, segna la casella e salva di nuovo.
name-differs-yes = Sì, ho visto la tessera: il codice è suo
birth-date-differs = La data non corrisponde al codice fiscale.
birth-century-open = Il codice fiscale non dice il secolo. Scegli l'anno di nascita.
birth-century-question = È del { $first } o del { $last }?
birth-century-help = Nel codice l'anno ha solo due cifre. Chiedi alla persona, o guarda il documento.
birth-century-choice = { $day } ({ $age ->
    [one] 1 anno
   *[other] { $age } anni
})
codice-fiscale-temporary = È un codice provvisorio, fatto solo di cifre. Serve quello definitivo, di sedici caratteri.
codice-fiscale-length = Il codice fiscale ha sedici caratteri.
codice-fiscale-character = C'è una lettera o una cifra al posto sbagliato.
codice-fiscale-date = La data dentro il codice fiscale non esiste.
codice-fiscale-check = L'ultima lettera non torna. Controlla ogni carattere.
incomplete-title = Schede da completare
incomplete-sum = { $records ->
    [one] 1 scheda da completare.
   *[other] { $records } schede da completare.
} { $services ->
    [one] 1 servizio resta fermo.
   *[other] { $services } servizi restano fermi.
}
incomplete-text = Per il conteggio nazionale manca qualcosa. Apri la scheda e completala: i servizi partono da soli. Prima vedi chi ha più servizi fermi.
incomplete-points-text = Ogni punto completa le sue schede. I servizi fermi per un altro motivo sono in «Invio a Facilita». Prima vedi i punti con più servizi fermi.
incomplete-caption = Persone, prima chi ha più servizi fermi
incomplete-points-caption = Punti, prima chi ha più servizi fermi
incomplete-person = Persona
incomplete-lacks = Che cosa manca
incomplete-services = Servizi fermi
incomplete-point = Punto
incomplete-records = Schede da completare
incomplete-link = { $count ->
    [one] Una scheda è da completare
   *[other] { $count } schede sono da completare
}
incomplete-points-link = Schede da completare, punto per punto
citizen-lacks = Nella scheda manca:
citizen-lacks-text = Senza questi dati i suoi servizi restano fermi. Non entrano nel conteggio nazionale.
citizen-complete = Completa la scheda
citizen-held = Servizi fermi
citizen-held-more = { $count ->
    [one] E un altro.
   *[other] E altri { $count }.
}
citizen-new-counted = Alcuni dati servono per il conteggio nazionale. Se hai fretta puoi andare avanti. I suoi servizi restano fermi, e poi completi la scheda.
field-counted = Serve per il conteggio nazionale.

# What the desk opens on, and somebody new in one act.
people-today = Oggi
today-here = Oggi qui
today-nobody = Oggi non è ancora venuta nessuna persona.
today-here-all = { $count ->
    [0] Vedi i servizi
    [one] Una persona oggi: vedi i servizi
   *[other] { $count } persone oggi: vedi i servizi
}
today-asks = Chi chiede aiuto
today-asks-all = { $count ->
    [one] Rispondi a chi chiede
   *[other] Rispondi alle { $count } richieste
}
today-corrections = { $count ->
    [one] Una persona chiede di correggere i suoi dati
   *[other] { $count } persone chiedono di correggere i loro dati
}
today-due = Che cosa scade
today-due-all = { $count ->
    [one] In tutto una cosa da fare.
   *[other] In tutto { $count } cose da fare.
}
today-groups = I miei gruppi
today-no-groups = Non ci sono ancora gruppi.
today-groups-all = { $count ->
    [0] Crea un gruppo
    [one] Vedi il gruppo
   *[other] Vedi i { $count } gruppi
}
today-members = { $count ->
    [one] una persona
   *[other] { $count } persone
}
today-service = Registra un servizio
today-everybody = Vedi tutte le persone del punto
point-new-code = Registra chi ha questo codice
citizen-new-more = Nascita, genere, e-mail e telefono
arrival-need = Di che cosa ha bisogno oggi?
arrival-need-help = Se scegli, registri anche il servizio di oggi.
arrival-course = Da casa:
arrival-none = Niente: solo la scheda
arrival-learn = Dai da imparare il corso che vedi sotto il tema
arrival-card = Dai subito una tessera
arrival-done = La persona è registrata. Stampa questa pagina.
arrival-service = Vedi il servizio di oggi
arrival-held = Il servizio di oggi è fermo: non entra nel conteggio nazionale. Nella scheda manca:
arrival-next = Registra un'altra persona
card-learn = Che cosa imparare a casa
brought-done-service = Il servizio è registrato. La tessera si dà quando la scheda è aperta.
history-title = La sua storia
history-newer = Più recenti
history-older = Più vecchie
history-registered = Persona registrata
history-corrected = Dati corretti
history-merged = Schede unite
history-parted = Schede divise
history-followed = La segue anche
history-opened = Vede la scheda il punto
history-notice = Informativa data
history-contact = Sì a messaggi e telefonate
history-took-back = Consenso ritirato
history-card = Tessera data
history-card-stopped = Tessera fermata
history-assigned = Da imparare
history-assigned-group = Da imparare, con il gruppo «{ $name }»
history-learned = Ha completato
history-took-over = Ha detto suo quello fatto prima di entrare
history-gave-back = Restituito quello fatto prima di entrare
history-service = Servizio
history-service-corrected = Servizio corretto
history-service-about = { $count ->
    [one] { $about }, un minuto
   *[other] { $about }, { $count } minuti
}
history-asked = Ha chiesto aiuto
history-answered = Ha avuto risposta
