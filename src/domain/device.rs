//! The device that somebody uses, in a few coarse words: enough to know one's own again, too
//! little to tell two people apart.

/// The system and the browser of a `User-Agent`, such as `Android, Chrome`; empty where neither is
/// known. Nothing of the header itself is kept.
#[must_use]
pub fn device(user_agent: &str) -> String {
    // Before the ones whose names they also bear.
    let systems = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "Chromebook"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ];
    let browsers = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let known = |names: &[(&str, &'static str)]| {
        let found = names.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    let words: Vec<&str> = [known(&systems), known(&browsers)]
        .into_iter()
        .flatten()
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_told_coarsely_and_nothing_else_is_kept() {
        for (sent, said) in [
            (
                "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/131.0.0.0 Mobile Safari/537.36",
                "Android, Chrome",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                 Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0",
                "Windows, Edge",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 \
                 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
                "iPhone, Safari",
            ),
            ("curl/8 RSSMRA85M01H501Q", ""),
        ] {
            assert_eq!(device(sent), said);
        }
    }
}
