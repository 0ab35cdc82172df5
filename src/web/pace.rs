//! Bodies, in and out, that show whether the other side goes on.

use std::future::Future as _;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::rt::time::{Sleep, sleep};
use bytes::Bytes;
use futures_util::Stream;

/// Bytes a second that make the time of a body longer.
const PACE: u64 = 1_000;
/// How long a body may take however long it is.
const LONGEST: Duration = Duration::from_secs(10 * 60);
/// A larger answer is given to the connection in parts of this size: it takes the next one when
/// the one before is nearly out, and so shows that it goes on.
pub(super) const PART: usize = 16 * 1024;

/// A body in parts of [`PART`], which tells of each one that is taken.
pub(super) struct BodyParts<F> {
    body: Pin<Box<BoxBody>>,
    rest: Bytes,
    taken: F,
}

impl<F: Fn()> BodyParts<F> {
    pub(super) fn new(body: BoxBody, taken: F) -> Self {
        Self {
            body: Box::pin(body),
            rest: Bytes::new(),
            taken,
        }
    }
}

impl<F: Fn() + Unpin> MessageBody for BodyParts<F> {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        if self.rest.is_empty() {
            match ready!(self.body.as_mut().poll_next(context)) {
                Some(Ok(bytes)) => self.rest = bytes,
                other => {
                    (self.taken)();
                    return Poll::Ready(other);
                }
            }
        }
        (self.taken)();
        let size = self.rest.len().min(PART);
        Poll::Ready(Some(Ok(self.rest.split_to(size))))
    }
}

/// A body that ends with an error of [`std::io::ErrorKind::TimedOut`] when it comes too slowly.
pub(super) fn paced(payload: Payload, patience: Duration) -> Payload {
    Payload::Stream {
        payload: Box::pin(Paced {
            payload,
            began: Instant::now(),
            patience,
            read: 0,
            wait: Box::pin(sleep(patience)),
        }),
    }
}

struct Paced {
    payload: Payload,
    began: Instant,
    patience: Duration,
    read: u64,
    wait: Pin<Box<Sleep>>,
}

impl Stream for Paced {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(next) = Pin::new(&mut self.payload).poll_next(context) {
            if let Some(Ok(bytes)) = &next {
                self.read += bytes.len() as u64;
            }
            return Poll::Ready(next);
        }
        loop {
            let allowed = self.patience + Duration::from_millis(self.read * 1_000 / PACE);
            let left = allowed.min(LONGEST).saturating_sub(self.began.elapsed());
            if left.is_zero() {
                let late = std::io::Error::from(std::io::ErrorKind::TimedOut);
                return Poll::Ready(Some(Err(PayloadError::Io(late))));
            }
            // What came meanwhile has made the time longer.
            ready!(self.wait.as_mut().poll(context));
            self.wait = Box::pin(sleep(left));
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use futures_util::StreamExt as _;

    fn body(chunks: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) -> Payload {
        Payload::Stream {
            payload: Box::pin(chunks) as Pin<Box<dyn Stream<Item = _>>>,
        }
    }

    #[actix_web::test]
    async fn a_body_that_stands_still_or_drips_is_given_up() {
        let patience = Duration::from_millis(100);
        let still = body(futures_util::stream::pending());
        let began = Instant::now();
        let end = paced(still, patience).next().await.unwrap().unwrap_err();
        assert!(
            matches!(end, PayloadError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut)
        );
        assert!(began.elapsed() >= patience);
        // A byte now and then makes the time hardly longer.
        let drops = futures_util::stream::unfold((), async |()| {
            sleep(Duration::from_millis(20)).await;
            Some((Ok(Bytes::from_static(b"x")), ()))
        });
        let drip = paced(body(drops), patience);
        let chunks = drip
            .take_while(|chunk| std::future::ready(chunk.is_ok()))
            .count()
            .await;
        assert!((1..20).contains(&chunks), "{chunks}");
    }
}
