//! What people say around a need: greetings, and frames such as "come si fa a". It says nothing of
//! what they need, in a question as in a title ("A che cosa serve SPID").

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::locale::Lang;

/// In lower case, without accents; an apostrophe parts words.
const ITALIAN: &str = "
che cos e; che cosa e; cos e; cosa e; cosa sono; che cosa sono; cose lo; cose la; cose il; cos e lo;
che roba e; che cose; a che cosa serve; a che serve; a cosa serve; a cosa mi serve; per cosa serve;
cosa significa; che significa; che vuol dire; cosa vuol dire; che cosa vuol dire; cosa vogliono dire;
che cosa vogliono dire; come funziona; come funzionano; come faccio; come si fa; come fare; come posso;
come devo fare; come fai; come si deve fare; che devo fare; cosa devo fare; che cosa devo fare;
che faccio; cosa faccio; che fare; cosa fare; che cosa fare; cosa posso fare; cosa si fa; che si fa;
mi spiegate; mi spieghi; mi spiega; me lo spiegate; spiegatemi; spiegami; mi dite; ditemi; dimmi;
mi dici; mi puoi dire; mi potete dire; mi sapete dire; mi aiutate; mi aiuti; mi aiuta; aiutatemi;
aiutami; aiuto; mi potete aiutare; mi puo aiutare; vorrei sapere; volevo sapere; voglio sapere;
vorrei capire; volevo capire; volevo chiedere; vorrei chiedere; fatemi capire; si puo sapere;
mi hanno; mi anno; m hanno; m anno; ci hanno; gli ho; le ho; io ho;
mi serve; mi servirebbe; mi serve sapere; ho bisogno di; avrei bisogno di; ho bisogno; avrei bisogno;
c e bisogno di; bisogna; bisogno; occorre; mi occorre; devo per forza; per forza; non riesco a;
non riesco ad; non riesco piu a; non riesco piu ad; non ci riesco; non riesco; non so come fare;
non so come; non so dove; non so cosa; non so; non capisco; non ho capito; non sono capace di;
non sono capace; come mai; per favore; per piacere; per cortesia; gentilmente; cortesemente; con calma;
buongiorno; buonasera; buona sera; buon giorno; salve; ciao; grazie; scusi; scusate; scusa; senta;
e possibile; si puo; e vero che; e vero; volevo; vorrei; per caso; non mi ricordo come; sto; sta;
dove si trova; dove trovo; dove si trovano; dove lo trovo; dove la trovo; dove lo prendo;
in che modo; quale sarebbe; sapete; sai; sapere; avete; insomma; praticamente; cioe
";

const ENGLISH: &str = "
what is; what are; what s; what does; what do; how do i; how can i; how do you; how to; how does;
how should i; what should i do; what do i do; what can i do; what to do; where do i; where can i;
where is; can i; could i; may i; do i have to; do i need to; do i need; i want to; i want; i need to;
i need; i would like to; i d like to; i cannot; i can t; i can not; i can; i am not able to;
i don t know how to; i don t know; i don t understand; i do not know; i do not understand; please;
help me; help; hello; hi; thanks; thank you; tell me; explain; is it possible to; is it true that;
used for; work; works; mean; means
";

type Frames = HashMap<&'static str, Vec<Vec<&'static str>>>;

static FRAMES: LazyLock<[Frames; 2]> = LazyLock::new(|| [frames(ITALIAN), frames(ENGLISH)]);

/// By their first word, the longest first.
fn frames(list: &'static str) -> Frames {
    let mut frames = Frames::new();
    for frame in list.split(';') {
        let words: Vec<_> = frame.split_whitespace().collect();
        if let Some(first) = words.first() {
            frames.entry(first).or_default().push(words);
        }
    }
    for same_first in frames.values_mut() {
        same_first.sort_by_key(|words| std::cmp::Reverse(words.len()));
    }
    frames
}

/// How many of the next words are a frame.
pub(super) fn frame(lang: Lang, words: &[&str]) -> usize {
    let frames = match lang {
        Lang::It => &FRAMES[0],
        Lang::En => &FRAMES[1],
    };
    let begin = words.first().and_then(|first| frames.get(first));
    let fits = |frame: &&Vec<&str>| words.get(..frame.len()) == Some(frame.as_slice());
    begin
        .and_then(|all| all.iter().find(fits))
        .map_or(0, Vec::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_frame_is_taken_and_a_need_is_none() {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        assert_eq!(frame(Lang::It, &words("a che cosa serve spid")), 4);
        assert_eq!(frame(Lang::It, &words("come si fa a pagare")), 3);
        assert_eq!(frame(Lang::It, &words("pagare una multa")), 0);
        assert_eq!(frame(Lang::En, &words("how do i book")), 3);
        assert_eq!(frame(Lang::It, &[]), 0);
    }
}
