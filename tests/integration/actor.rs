//! Somebody in front of the application: their token, and what they can do with it.

use awc::http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::browser::Seen;
use crate::document;
use crate::log;

/// Somebody who talks to the application over HTTP.
#[derive(Clone)]
pub(crate) struct Actor {
    address: String,
    token: Option<String>,
    /// Where a proxy says they come from.
    from: Option<String>,
    /// What a browser without a session was told to remember.
    cookie: Option<String>,
}

/// A text as a part of an address or of a form.
pub(crate) fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// No line of the log may say what is a person's in a request.
pub(crate) fn remember(path: &str, body: Option<(&str, &str)>) {
    log::remember_form(path.split_once('?').map_or("", |(_, query)| query));
    match body {
        Some(("application/json", text)) => {
            if let Ok(sent) = serde_json::from_str(text) {
                log::remember_json(&sent);
            }
        }
        Some((_, text)) => log::remember_form(text),
        None => {}
    }
}

/// An answer: its status, its headers and its body as text.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) text: String,
    what: String,
}

impl From<Seen> for Answer {
    fn from(seen: Seen) -> Self {
        Self {
            status: StatusCode::from_u16(seen.status).unwrap(),
            headers: seen.headers.into_iter().collect(),
            text: seen.text,
            what: seen.at,
        }
    }
}

impl Answer {
    /// The body as JSON, after checking the status.
    #[track_caller]
    pub(crate) fn json(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}: {}", self.what, self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&self.text).unwrap()
        }
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

impl Actor {
    pub(crate) fn new(address: &str, token: Option<String>) -> Self {
        Self {
            address: address.to_owned(),
            token,
            from: None,
            cookie: None,
        }
    }

    pub(crate) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The same person, where the server stands now.
    pub(crate) fn at(&self, address: &str) -> Self {
        Self::new(address, self.token.clone())
    }

    /// Somebody at another address, as the proxy says.
    pub(crate) fn from(mut self, address: &str) -> Self {
        self.from = Some(address.to_owned());
        self
    }

    /// Takes the token of a sign-in's answer.
    pub(crate) fn with_token(&self, signed_in: &Value) -> Self {
        Self::new(
            &self.address,
            Some(signed_in["token"].as_str().unwrap().to_owned()),
        )
    }

    /// One request, with what is sent and as what; `None` where the server is gone.
    pub(crate) async fn try_send(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, String)>,
    ) -> Option<Answer> {
        remember(
            path,
            body.as_ref().map(|(kind, text)| (*kind, text.as_str())),
        );
        let client = awc::Client::builder()
            .timeout(std::time::Duration::from_secs(30))
            .disable_redirects()
            .finish();
        let mut request = client.request(method.clone(), format!("{}{path}", self.address));
        if let Some(token) = &self.token {
            request = request.insert_header(("authorization", format!("Bearer {token}")));
        }
        if let Some(from) = &self.from {
            request = request.insert_header(("x-forwarded-for", from.as_str()));
        }
        if let Some(cookie) = &self.cookie {
            request = request.insert_header(("cookie", cookie.as_str()));
        }
        let json = body.clone().filter(|(kind, _)| *kind == "application/json");
        let sent = match body {
            Some((kind, body)) => request
                .insert_header(("content-type", kind))
                .send_body(body),
            None => request.send(),
        };
        let mut response = sent.await.ok()?;
        let body = response.body().limit(20_000_000).await.ok()?;
        if let Ok(answer) = serde_json::from_slice(&body) {
            log::remember_json(&answer);
        }
        let answer = Answer {
            status: response.status(),
            headers: response
                .headers()
                .iter()
                .map(|(name, value)| {
                    (
                        name.to_string(),
                        String::from_utf8_lossy(value.as_bytes()).into_owned(),
                    )
                })
                .collect(),
            text: String::from_utf8_lossy(&body).into_owned(),
            what: format!("{method} {path}"),
        };
        let json = json.as_ref().map(|(_, body)| body.as_str());
        document::hold_against(&method, path, json, &answer);
        Some(answer)
    }

    /// One request, which must be answered.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, String)>,
    ) -> Answer {
        self.try_send(method, path, body).await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// Posts JSON below `/api/v1`.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        let path = format!("/api/v1{path}");
        self.send(
            Method::POST,
            &path,
            Some(("application/json", body.to_string())),
        )
        .await
    }

    /// Posts text below `/api/v1`.
    pub(crate) async fn post_text(&self, path: &str, text: &str) -> Answer {
        let path = format!("/api/v1{path}");
        let body = Some(("text/plain; charset=utf-8", text.to_owned()));
        self.send(Method::POST, &path, body).await
    }

    /// Gets JSON below `/api/v1`.
    pub(crate) async fn api(&self, path: &str) -> Value {
        self.get(&format!("/api/v1{path}")).await.json(200)
    }

    /// Posts a form, as a browser without scripts does: the page that it is answered with has an
    /// address of its own.
    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        let kind = "application/x-www-form-urlencoded";
        let body = Some((kind, body.join("&")));
        let answer = self.send(Method::POST, path, body).await;
        let page = answer.header("location").map(str::to_owned);
        let Some(page) =
            page.filter(|page| page.contains("risposta=") || page.contains("ricerca="))
        else {
            return answer;
        };
        let cookie = answer
            .header("set-cookie")
            .and_then(|set| set.split(';').next());
        let browser = Self {
            cookie: cookie.map(str::to_owned),
            ..self.clone()
        };
        browser.get(&page).await
    }

    /// Begins, or goes on with, the quiz of a module.
    pub(crate) async fn start(&self, module: &str) -> Value {
        let answer = self
            .post(&format!("/modules/{module}/attempts"), json!({}))
            .await;
        assert!(answer.status.is_success(), "{}", answer.text);
        serde_json::from_str(&answer.text).unwrap()
    }

    /// Answers one question under a new submission.
    pub(crate) async fn answer(&self, attempt: &Value, question: &str, given: &Value) -> Answer {
        self.submit(attempt, question, given, Uuid::new_v4()).await
    }

    /// Answers one question under a submission of the caller's.
    pub(crate) async fn submit(
        &self,
        attempt: &Value,
        question: &str,
        given: &Value,
        submission: Uuid,
    ) -> Answer {
        let id = attempt["attempt"].as_str().unwrap();
        let body = json!({ "question": question, "submission": submission, "given": given });
        self.post(&format!("/attempts/{id}/answers"), body).await
    }

    /// Ends an attempt.
    pub(crate) async fn finish(&self, attempt: &Value) -> Value {
        let id = attempt["attempt"].as_str().unwrap();
        self.post(&format!("/attempts/{id}/finish"), json!({}))
            .await
            .json(200)
    }

    /// The status of an answer to a question; `None` where the server is gone.
    pub(crate) async fn try_answer(&self, attempt: &Value, id: &str, given: &Value) -> Option<u16> {
        let path = format!(
            "/api/v1/attempts/{}/answers",
            attempt["attempt"].as_str().unwrap()
        );
        let body = json!({ "question": id, "submission": Uuid::new_v4(), "given": given });
        let body = Some(("application/json", body.to_string()));
        Some(
            self.try_send(Method::POST, &path, body)
                .await?
                .status
                .as_u16(),
        )
    }

    /// Ends an attempt, whether the server answers or not.
    pub(crate) async fn try_finish(&self, attempt: &Value) {
        let path = format!(
            "/api/v1/attempts/{}/finish",
            attempt["attempt"].as_str().unwrap()
        );
        let body = Some(("application/json", "{}".to_owned()));
        drop(self.try_send(Method::POST, &path, body).await);
    }
}
