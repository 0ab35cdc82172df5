# The accounts of the staff.
admin-title = Persone e accessi
admin-lead = Chi lavora qui, con quale ruolo, e come entra.
admin-requests = Chi ha dimenticato la password
admin-requests-text = Prima di dare un collegamento, chiama la persona. Usa un numero che conosci già.
admin-asked = Chiesto il { $moment }
admin-people = { $count ->
    [one] Una persona
   *[other] { $count } persone
 }
admin-all-roles = Tutti i ruoli
role-citizen = Cittadino
role-facilitator = Facilitazione
role-editor = Redazione
role-coordinator = Coordinamento
role-admin = Gestione
account-head-name = Nome
account-head-email = E-mail
account-head-roles = Ruoli
account-head-factor = Codice dal telefono
account-head-entered = Ultimo accesso
account-head-state = Stato
account-never = Mai
account-state-active = Può entrare
account-state-invited = Deve scegliere la password
account-state-disabled = Non può entrare
account-new = Aggiungi una persona
account-new-lead = Scrivi chi è e che cosa fa. Poi le dai un collegamento per scegliere la password.
account-name = Nome e cognome
account-role-label = Ruolo
account-point-label = Punto
account-point-help = Serve solo per chi fa facilitazione.
account-no-point = Nessun punto
account-role = Scegli un ruolo che puoi dare.
account-not-yours = Questa persona ha un ruolo che non puoi cambiare. Chiedi a chi gestisce la piattaforma.
account-add = Aggiungi
account-entering = Password
account-asked = Ha chiesto una nuova password il { $moment }. Chiama la persona prima di dargliela.
account-link = Fai un nuovo collegamento
account-link-text = Con il collegamento la persona sceglie una nuova password. Quelli fatti prima non valgono più.
link-another = Un altro collegamento?
link-another-lead = { $name } ha già un collegamento. Funziona fino al { $moment }. Se ne fai un altro, quello di prima smette di funzionare.
link-another-keep = Lascia quello di prima
account-own = Questo accesso è il tuo. La password e il codice si cambiano nella tua pagina.
account-refuse = Non era lei: togli la richiesta
account-enable = Fai rientrare
account-enable-text = Questa persona non può entrare. Se la fai rientrare, usa la password di prima.
account-factor-none = Questa persona non lo usa.
account-factor-text = Se ha perso il telefono e i codici di riserva, toglilo. Prima chiama la persona: così sai che è lei.
account-factor-reset = Togli il codice dal telefono
account-no-roles = Nessun ruolo: può entrare, ma non vede dati di altri.
account-take-role = Togli
account-disable-title = Non lavora più qui
account-disable-text = Esce subito da tutti i dispositivi e non entra più. Quello che ha fatto resta.
account-disable = Non farla più entrare
account-done-disattiva = Questa persona non può più entrare.
account-done-riattiva = Questa persona può entrare di nuovo.
account-done-secondo-fattore = Il codice dal telefono è tolto.
account-done-rifiuta = La richiesta è tolta.
account-done-ruolo-dato = Il ruolo è dato.
account-done-ruolo = Il ruolo è tolto, da subito.
link-title = Collegamento per la password
link-lead = Questo è il collegamento di { $name }.
link-how = Copialo e dallo a mano alla persona. O mandalo a un indirizzo che conosci già.
link-once = Vale tre giorni e una volta sola. Se esci da questa pagina non lo vedi più: ne puoi fare un altro.
link-kept = L'ho copiato
admin-needs = Che cosa chiede attenzione
admin-needs-none = Niente: va tutto bene.
admin-need-richiesta = { $count ->
    [one] Una persona ha chiesto una nuova password
   *[other] { $count } persone hanno chiesto una nuova password
 }
admin-need-invitato = { $count ->
    [one] Una persona non ha ancora scelto la password
   *[other] { $count } persone non hanno ancora scelto la password
 }
admin-need-fermo = { $count ->
    [one] Una persona non entra da sei mesi
   *[other] { $count } persone non entrano da sei mesi
 }
admin-need-senza-codice = { $count ->
    [one] Una persona che gestisce entra con la sola password
   *[other] { $count } persone che gestiscono entrano con la sola password
 }
admin-need-no-copy = Nessuno ha mai fatto una copia dei dati
admin-need-old-copy = L'ultima copia dei dati ha più di due giorni
admin-ailment-silent = La base dati non risponde
admin-ailment-damaged = La base dati è rovinata
admin-ailment-unwritable = Non si può scrivere nella base dati
admin-ailment-full = Lo spazio per i dati è finito
admin-ailment-schema = La base dati è di un'altra versione
admin-search = Cerca una persona per nome o e-mail
admin-filters = Scegli quali persone vedere
admin-all-points = Tutti i punti
admin-all-states = Tutte
admin-state-richiesta = Chiede una password
admin-state-invitato = Deve scegliere la password
admin-state-fermo = Non entra da sei mesi
admin-state-senza-codice = Gestisce, e non usa il codice
admin-state-attivo = Può entrare
admin-state-chiuso = Non può entrare
admin-nobody = Nessuna persona
admin-nobody-text = Prova con un altro nome, o togli i filtri.
admin-more = Ce ne sono altre. Scrivi una parte più lunga del nome.
admin-installation = Come sta la piattaforma
admin-health = Dati
admin-health-good = Si leggono e si scrivono
admin-copy = Ultima copia dei dati
admin-copy-on-server = Si fa sul server PostgreSQL. Qui nessuno dice quando.
admin-cleared = Ultima pulizia dei dati vecchi
admin-factor-demanded = Chiesto a chi coordina e a chi gestisce
admin-factor-free = Chi vuole lo usa
admin-courses = Corsi pubblicati
admin-version = Versione
account-register = Che cosa ha fatto: il registro
account-give-title = Dai un ruolo
account-give-role = Dai il ruolo
account-sessions = Dove è entrata
account-sessions-none = In questo momento non è entrata da nessuna parte.
account-sessions-end = Chiudi tutti i suoi accessi
account-done-sessioni = Gli accessi sono chiusi.
confirm-here = Conferma che sei tu: scrivi la tua password.
confirm-missing = Scrivi la tua password.
