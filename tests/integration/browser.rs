//! A browser without scripts: it keeps cookies, follows redirects and fills in forms.

use std::cell::RefCell;
use std::collections::BTreeMap;

use awc::http::Method;

use crate::actor::{encode, remember};
use crate::app::TestApp;

/// Somebody's browser.
pub(crate) struct Browser {
    address: String,
    cookies: RefCell<BTreeMap<String, String>>,
    /// Sent with every request.
    headers: Vec<(&'static str, String)>,
}

/// A page as the browser got it.
pub(crate) struct Seen {
    pub(crate) status: u16,
    /// Path and query, after redirects.
    pub(crate) at: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) text: String,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// Whether the words are on the page, however they are escaped.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.text.replace("&#39;", "'").contains(words)
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16, words: &str) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.at, self.text);
        assert!(
            self.says(words),
            "{} does not say {words}: {}",
            self.at,
            self.text
        );
        self
    }

    /// The text without the id that each page has in its forms.
    pub(crate) fn without_ids(&self) -> String {
        without_ids(&self.text)
    }

    /// The value of a hidden field.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let (_, rest) = self.text.split_once(&mark).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    }

    /// Every value between two marks.
    pub(crate) fn all(&self, before: &str, after: char) -> Vec<String> {
        let begins = self.text.match_indices(before);
        begins
            .map(|(at, _)| {
                self.text[at + before.len()..]
                    .split_once(after)
                    .unwrap()
                    .0
                    .to_owned()
            })
            .collect()
    }
}

/// A page without the id that each has in its forms.
pub(crate) fn without_ids(page: &str) -> String {
    let mark = "name=\"una-volta\" value=\"";
    let mut pieces = page.split(mark);
    let mut whole = pieces.next().unwrap().to_owned();
    for piece in pieces {
        whole.push_str(piece.split_once('"').unwrap().1);
    }
    whole
}

impl Browser {
    pub(crate) fn new(app: &TestApp) -> Self {
        Self::at(&app.address)
    }

    /// A browser in front of a server of its own process.
    pub(crate) fn at(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            cookies: RefCell::default(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Another one, with the same cookies.
    pub(crate) fn copy(&self) -> Self {
        Self {
            address: self.address.clone(),
            cookies: self.cookies.clone(),
            headers: self.headers.clone(),
        }
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies
            .borrow_mut()
            .insert(name.to_owned(), value.to_owned());
    }

    pub(crate) async fn get(&self, path: &str) -> Seen {
        self.follow(self.once(Method::GET, path, None).await).await
    }

    /// Sends a form and follows where it leads.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let pairs = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        self.follow(self.once(Method::POST, path, Some(body)).await)
            .await
    }

    /// Sends a form with one file, and follows where it leads.
    pub(crate) async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (field, text): (&str, &str),
    ) -> Seen {
        let mark = "parte";
        let mut body = String::new();
        for (name, value) in fields {
            let head = format!("Content-Disposition: form-data; name=\"{name}\"");
            body += &format!("--{mark}\r\n{head}\r\n\r\n{value}\r\n");
        }
        body += &format!(
            "--{mark}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a.csv\"\r\n\
             Content-Type: text/csv\r\n\r\n{text}\r\n--{mark}--\r\n"
        );
        let kind = format!("multipart/form-data; boundary={mark}");
        self.follow(self.send(Method::POST, path, Some((&kind, body))).await)
            .await
    }

    /// A form with a body of any kind, as it is answered.
    pub(crate) async fn sent(&self, path: &str, (kind, body): &(&str, String)) -> Seen {
        self.send(Method::POST, path, Some((kind, body.clone())))
            .await
    }

    async fn follow(&self, mut seen: Seen) -> Seen {
        for _ in 0..5 {
            let Some(to) = seen.header("location").filter(|_| seen.status == 303) else {
                break;
            };
            let to = to.to_owned();
            seen = self.once(Method::GET, &to, None).await;
        }
        seen
    }

    /// The status of JSON that is sent.
    pub(crate) async fn json(&self, path: &str, body: &str) -> u16 {
        let body = Some(("application/json", body.to_owned()));
        self.send(Method::POST, path, body).await.status
    }

    /// One request, without following; the page that a form is answered with is its answer.
    pub(crate) async fn once(&self, method: Method, path: &str, form: Option<String>) -> Seen {
        let seen = self.bare(method, path, form).await;
        let page = seen.header("location").filter(|_| seen.status == 303);
        match page.filter(|page| page.contains("risposta=")) {
            Some(page) => self.bare(Method::GET, page, None).await,
            None => seen,
        }
    }

    /// One request, as it is answered.
    pub(crate) async fn bare(&self, method: Method, path: &str, form: Option<String>) -> Seen {
        let body = form.map(|form| ("application/x-www-form-urlencoded", form));
        self.send(method, path, body).await
    }

    async fn send(&self, method: Method, path: &str, body: Option<(&str, String)>) -> Seen {
        remember(
            path,
            body.as_ref().map(|(kind, text)| (*kind, text.as_str())),
        );
        let client = awc::Client::builder().disable_redirects().finish();
        let mut request = client.request(method, format!("{}{path}", self.address));
        for (name, value) in &self.headers {
            request = request.insert_header((*name, value.as_str()));
        }
        let jar: Vec<_> = self
            .cookies
            .borrow()
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        if !jar.is_empty() {
            request = request.insert_header(("cookie", jar.join("; ")));
        }
        let sent = match body {
            Some((kind, body)) => request
                .insert_header(("content-type", kind))
                .send_body(body),
            None => request.send(),
        };
        let mut response = sent.await.unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let (pair, rest) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.borrow_mut().remove(name);
            } else {
                self.set_cookie(name, value);
            }
        }
        let mut headers = BTreeMap::<String, String>::new();
        for (name, value) in response.headers() {
            let value = String::from_utf8_lossy(value.as_bytes());
            // A header that is there several times: a line for each.
            let lines = headers.entry(name.to_string()).or_default();
            *lines = [lines, &*value].join("\n").trim_start().to_owned();
        }
        let body = response.body().limit(5_000_000).await.unwrap();
        Seen {
            status: response.status().as_u16(),
            at: path.to_owned(),
            headers,
            text: String::from_utf8_lossy(&body).into_owned(),
        }
    }
}
