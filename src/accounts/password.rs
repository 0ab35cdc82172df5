//! Passwords and PINs, hashed with argon2id (19 MiB, two passes).
//!
//! Hashing is slow and large on purpose, so it has threads of its own, [`SLOTS`] of them, and each
//! keeps the one block of memory that it works in. An allocator keeps freed blocks of this size,
//! one for each thread that ever hashed, and never returns them. At most [`WAITING`] wait for a
//! thread; whoever comes then is told to come back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use sea_orm::DbErr;
use tokio::sync::oneshot;

use crate::db::unavailable;

use super::no_secret;

/// Hashes computed at one time, 19 MiB each: about eighty sign-ins a second.
const SLOTS: usize = 2;
/// Those that wait for a slot: about two seconds.
const WAITING: usize = 160;

/// The memory that a hash is computed in, used again for the next one.
type Memory = Vec<Block>;
type Job = Box<dyn FnOnce(&mut Memory) + Send>;

/// The hash to keep, with its salt and its parameters.
///
/// # Errors
/// What [`is_unavailable`](crate::db::is_unavailable) when too many wait; or when the system has no
/// randomness.
pub async fn hash_off(secret: String) -> Result<String, DbErr> {
    in_slot(move |memory| hash_in(&secret, memory)).await?
}

/// Whether a secret is the one of a hash. Without a hash it takes as long, and says no: an unknown
/// e-mail must not answer sooner than a wrong password.
///
/// # Errors
/// What [`is_unavailable`](crate::db::is_unavailable) when too many wait.
pub async fn verify_off(secret: String, hash: Option<String>) -> Result<bool, DbErr> {
    in_slot(move |memory| verify_in(&secret, hash.as_deref(), memory)).await
}

fn hash_in(secret: &str, memory: &mut Memory) -> Result<String, DbErr> {
    let argon2 = Argon2::default();
    let mut salt = [0_u8; Salt::RECOMMENDED_LENGTH];
    aws_lc_rs::rand::fill(&mut salt).map_err(no_secret)?;
    let mut output = [0_u8; Params::DEFAULT_OUTPUT_LEN];
    fill(&argon2, secret, &salt, &mut output, memory).map_err(no_secret)?;
    let hash = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(argon2.params()).map_err(no_secret)?,
        salt: Some(Salt::new(&salt).map_err(no_secret)?),
        hash: Some(Output::new(&output).map_err(no_secret)?),
    };
    Ok(hash.to_string())
}

fn verify_in(secret: &str, hash: Option<&str>, memory: &mut Memory) -> bool {
    static NOBODY: OnceLock<Option<String>> = OnceLock::new();
    let Some(against) = hash.or_else(|| {
        NOBODY
            .get_or_init(|| hash_in("nobody's", memory).ok())
            .as_deref()
    }) else {
        return false;
    };
    matches(secret, against, memory).unwrap_or(false) && hash.is_some()
}

/// `None` for a hash that is damaged.
fn matches(secret: &str, hash: &str, memory: &mut Memory) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    let (salt, expected) = (hash.salt?, hash.hash?);
    let argon2 = Argon2::new(
        Algorithm::try_from(hash.algorithm.as_str()).ok()?,
        hash.version
            .map_or(Ok(Version::default()), Version::try_from)
            .ok()?,
        Params::try_from(&hash).ok()?,
    );
    let mut output = vec![0; expected.len()];
    fill(&argon2, secret, &salt, &mut output, memory).ok()?;
    // Compared in the same time wherever they differ.
    Some(Output::new(&output).ok()? == expected)
}

fn fill(
    argon2: &Argon2<'_>,
    secret: &str,
    salt: &[u8],
    output: &mut [u8],
    memory: &mut Memory,
) -> argon2::Result<()> {
    let blocks = argon2.params().block_count();
    if memory.len() < blocks {
        memory.resize(blocks, Block::new());
    }
    argon2.hash_password_into_with_memory(secret.as_bytes(), salt, output, &mut memory[..blocks])
}

async fn in_slot<T: Send + 'static>(
    work: impl FnOnce(&mut Memory) -> T + Send + 'static,
) -> Result<T, DbErr> {
    static ALL: OnceLock<std::io::Result<Slots>> = OnceLock::new();
    match ALL.get_or_init(|| Slots::start(WAITING)) {
        Ok(slots) => slots.run(work).await,
        Err(error) => Err(DbErr::Custom(format!("no thread to hash in: {error}"))),
    }
}

/// The way to the threads that hash.
struct Slots(SyncSender<Job>);

impl Slots {
    fn start(waiting: usize) -> std::io::Result<Self> {
        let (jobs, queue) = sync_channel::<Job>(waiting);
        let queue = Arc::new(Mutex::new(queue));
        for number in 1..=SLOTS {
            let queue = Arc::clone(&queue);
            std::thread::Builder::new()
                .name(format!("autonomia-hash-{number}"))
                .spawn(move || {
                    let mut memory = Memory::new();
                    while let Some(job) = next(&queue) {
                        // Its caller hears of a panic: the way to answer is dropped with the job.
                        drop(catch_unwind(AssertUnwindSafe(|| job(&mut memory))));
                    }
                })?;
        }
        Ok(Self(jobs))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, DbErr> {
        let (sender, answer) = oneshot::channel();
        let job: Job = Box::new(move |memory| {
            // Whoever has gone away meanwhile costs nothing more.
            if !sender.is_closed() {
                drop(sender.send(work(memory)));
            }
        });
        let busy = |_| unavailable("too many passwords wait to be looked at");
        self.0.try_send(job).map_err(busy)?;
        answer.await.map_err(no_secret)
    }
}

fn next(queue: &Mutex<Receiver<Job>>) -> Option<Job> {
    let queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    queue.recv().ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use crate::db::is_unavailable;
    use argon2::PasswordHasher;

    #[test]
    fn a_secret_is_verified_against_its_hash_only() {
        let memory = &mut Memory::new();
        let hash = hash_in("una frase lunga", memory).unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_in("una frase lunga", Some(&hash), memory));
        assert!(!verify_in("una frase corta", Some(&hash), memory));
        assert!(!verify_in("nobody's", None, memory));
        assert!(!verify_in("una frase lunga", Some("damaged"), memory));
    }

    #[test]
    fn memory_that_was_used_before_gives_the_hash_that_the_library_gives() {
        let memory = &mut Memory::new();
        hash_in("something else", memory).unwrap();
        let theirs = Argon2::default().hash_password(b"una frase lunga").unwrap();
        assert!(verify_in(
            "una frase lunga",
            Some(&theirs.to_string()),
            memory
        ));
    }

    #[test]
    fn a_crowd_beyond_the_queue_is_sent_away_and_the_others_are_answered() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let slots = Slots::start(4).unwrap();
        let slow = |_: &mut Memory| std::thread::sleep(std::time::Duration::from_millis(50));
        let tries = (0..20).map(|_| slots.run(slow));
        let answers = runtime.block_on(futures_util::future::join_all(tries));
        let busy = |one: &&Result<(), DbErr>| one.as_ref().is_err_and(is_unavailable);
        // Two may have been taken out of the queue before the others came.
        let busy = answers.iter().filter(busy).count();
        assert!((14..=16).contains(&busy), "{busy} of {}", answers.len());
        assert_eq!(answers.iter().filter(|one| one.is_ok()).count(), 20 - busy);
        let panics = runtime.block_on(slots.run(|_| panic!("a job that fails")));
        assert!(panics.is_err());
        assert!(
            runtime.block_on(slots.run(|_| ())).is_ok(),
            "the thread goes on"
        );
    }
}
