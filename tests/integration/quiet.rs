//! Panics that a test wants, on a thread whose output nobody captures, are not printed: in the log
//! of a run only what went wrong looks like it.

use std::sync::Once;

/// How the text of a wanted panic begins.
pub(crate) const WANTED: &str = "wanted by a test: ";

/// From now on a panic whose text begins with [`WANTED`] prints nothing.
pub(crate) fn about_wanted_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let payload = panic.payload();
            let text = payload.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
            if !text.is_some_and(|text| text.starts_with(WANTED)) {
                print(panic);
            }
        }));
    });
}
