//! An image that cannot be served.
//!
//! Images are png, jpg, webp or svg, at most 200 KB, since many readers pay for each megabyte. A
//! drawing has a `viewBox` and plain shapes: no scripts, nothing fetched from elsewhere.
//!
//! Wrong:
//!
//! ```xml
//! <svg><script>…</script></svg>
//! ```
//!
//! Right:
//!
//! ```xml
//! <svg viewBox="0 0 640 360"><rect width="640" height="360"/></svg>
//! ```

use crate::content::diagnostic::{Rule, Severity};

pub(in crate::content) static RULE: Rule = Rule {
    code: "image-unusable",
    severity: Severity::Error,
    page: include_str!("image_unusable.rs"),
};
