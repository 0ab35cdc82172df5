//! The secrets: the key that signs tokens, the key that finds codici fiscali, the key that seals
//! them. They are in a file that only its owner reads, or in the environment.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use time::OffsetDateTime;

use crate::accounts::SigningKey;
use crate::citizens::Vault;
use crate::citizens::key_mark::{self, Fit};
use crate::db::Db;
use crate::db::audit::place;
use crate::db::files;

/// Where the secrets are.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct KeyArgs {
    /// The key file, made when missing; lose it and codici fiscali cannot be read any more
    #[arg(
        long,
        global = true,
        env = "AUTONOMIA_KEYS",
        default_value = "data/keys.toml",
        value_name = "FILE",
        help_heading = "Installation"
    )]
    pub(super) keys: PathBuf,
    /// The signing key itself, base64 of 32 bytes, instead of the file's
    #[arg(
        long,
        global = true,
        env = "AUTONOMIA_SIGNING_KEY",
        hide = true,
        hide_env_values = true
    )]
    signing_key: Option<String>,
    /// The digest key itself
    #[arg(
        long,
        global = true,
        env = "AUTONOMIA_DIGEST_KEY",
        hide = true,
        hide_env_values = true
    )]
    digest_key: Option<String>,
    /// The seal key itself
    #[arg(
        long,
        global = true,
        env = "AUTONOMIA_SEAL_KEY",
        hide = true,
        hide_env_values = true
    )]
    seal_key: Option<String>,
}

/// The secrets, ready for use.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    /// Signs tokens.
    pub(super) signing: SigningKey,
    /// Finds and seals codici fiscali.
    pub(super) vault: Vault,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    signing: String,
    digest: String,
    seal: String,
}

impl KeyArgs {
    /// An environment name without a value says nothing.
    pub(super) fn drop_empty(&mut self) {
        for key in [
            &mut self.signing_key,
            &mut self.digest_key,
            &mut self.seal_key,
        ] {
            key.take_if(|key| key.is_empty());
        }
    }

    /// Where the secrets come from, for people.
    pub(super) fn shown(&self) -> String {
        match (&self.signing_key, &self.digest_key, &self.seal_key) {
            (Some(_), Some(_), Some(_)) => "in the environment".to_owned(),
            _ => self.keys.display().to_string(),
        }
    }

    /// The secrets of a database: those it was filled with, or new ones in a new file where nothing
    /// in it is under any key yet.
    pub(super) async fn of(&self, db: &Db) -> anyhow::Result<Keys> {
        let keys = match self.read()? {
            Some(keys) => keys,
            None if key_mark::is_filled(db).await? => bail!(
                "the key file {} is missing, and this database was filled with keys of its own: \
                 put the file back, from a copy of it. With new keys nobody would be found again",
                self.keys.display()
            ),
            None => self.make()?,
        };
        let now = OffsetDateTime::now_utc();
        let fit = key_mark::claim(db, &keys.vault, keys.signing.mark(), now)
            .await
            .with_context(|| format!("the keys of {}", self.keys.display()))?;
        keys.seal(db, now).await?;
        if fit == Fit::OtherSigning {
            tracing::warn!("the signing key is another one: whoever had entered enters again");
        }
        Ok(keys)
    }

    /// The secrets; `None` where their file is missing and needed.
    pub(super) fn read(&self) -> anyhow::Result<Option<Keys>> {
        let given = (&self.signing_key, &self.digest_key, &self.seal_key);
        if let (Some(signing), Some(digest), Some(seal)) = given {
            let (signing, digest, seal) = (signing.clone(), digest.clone(), seal.clone());
            return keys(&File {
                signing,
                digest,
                seal,
            })
            .map(Some);
        }
        match read(&self.keys)? {
            Some(file) => self.overruled(file).map(Some),
            None => Ok(None),
        }
    }

    /// The same, of another file.
    pub(super) fn at(&self, file: &Path) -> Self {
        Self {
            keys: file.to_owned(),
            ..self.clone()
        }
    }

    fn make(&self) -> anyhow::Result<Keys> {
        let shown = self.keys.display();
        let file = make(&self.keys).with_context(|| format!("the key file {shown} cannot be made"));
        self.overruled(file?)
    }

    /// A single key that was given stands before the file's.
    fn overruled(&self, mut file: File) -> anyhow::Result<Keys> {
        for (own, given) in [
            (&mut file.signing, &self.signing_key),
            (&mut file.digest, &self.digest_key),
            (&mut file.seal, &self.seal_key),
        ] {
            if let Some(given) = given {
                own.clone_from(given);
            }
        }
        keys(&file)
    }
}

/// Secrets for once, kept nowhere: for a database that is thrown away.
pub(super) async fn throw_away(db: &Db) -> anyhow::Result<Keys> {
    let keys = keys(&fresh()?)?;
    keys.seal(db, OffsetDateTime::now_utc()).await?;
    Ok(keys)
}

impl Keys {
    /// Has the audit of their database sealed from now on.
    async fn seal(&self, db: &Db, now: OffsetDateTime) -> anyhow::Result<()> {
        db.seal_audit_with(self.vault.audit_sealer());
        Ok(place::begin(db, now).await?)
    }
}

fn keys(file: &File) -> anyhow::Result<Keys> {
    let signing = SigningKey::new(&bytes("signing", &file.signing)?);
    let vault = Vault::new(&bytes("digest", &file.digest)?, &bytes("seal", &file.seal)?)?;
    Ok(Keys { signing, vault })
}

fn read(path: &Path) -> anyhow::Result<Option<File>> {
    let shown = path.display();
    match fs::read_to_string(path) {
        // The error would quote the line with the key in it.
        Ok(text) => toml::from_str(&text)
            .map(Some)
            .map_err(|_| anyhow!("{shown} is not a key file: signing, digest and seal are needed")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("the key file {shown} cannot be read")),
    }
}

fn make(path: &Path) -> anyhow::Result<File> {
    files::make_folder_of(path)?;
    let file = fresh()?;
    let text = format!(
        "# The secrets of this installation. Keep a copy in a safe place: without `digest` nobody\n\
         # is found by codice fiscale, without `seal` no codice fiscale can be read again.\n\
         signing = \"{}\"\ndigest = \"{}\"\nseal = \"{}\"\n",
        file.signing, file.digest, file.seal
    );
    let mut handle = files::private_file(path)?;
    handle.write_all(text.as_bytes())?;
    handle.sync_all()?;
    files::sync_folder_of(path)?;
    Ok(file)
}

fn fresh() -> anyhow::Result<File> {
    let key = || {
        let mut bytes = [0_u8; 32];
        aws_lc_rs::rand::fill(&mut bytes).map_err(|_| anyhow!("no randomness"))?;
        anyhow::Ok(STANDARD.encode(bytes))
    };
    Ok(File {
        signing: key()?,
        digest: key()?,
        seal: key()?,
    })
}

fn bytes(name: &str, text: &str) -> anyhow::Result<[u8; 32]> {
    STANDARD
        .decode(text.trim())
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .with_context(|| format!("the {name} key is not 32 bytes in base64"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at a surprise")]

    use super::*;
    use crate::citizens::vault::Purpose;

    fn args(keys: PathBuf) -> KeyArgs {
        KeyArgs {
            keys,
            signing_key: None,
            digest_key: None,
            seal_key: None,
        }
    }

    #[test]
    fn the_key_file_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/keys.toml");
        assert!(args(path.clone()).read().unwrap().is_none());
        let first = args(path.clone()).make().unwrap();
        let again = args(path.clone()).read().unwrap().unwrap();
        let digest = |keys: &Keys| keys.vault.digest(Purpose::Card, "x");
        assert_eq!(digest(&first), digest(&again));
        assert!(
            args(path.clone()).make().is_err(),
            "it is never overwritten"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600);
            assert_eq!(mode(path.parent().unwrap()), 0o700);
        }
        let mut given = args(path.clone());
        given.digest_key = Some(STANDARD.encode([5; 32]));
        assert_ne!(digest(&given.read().unwrap().unwrap()), digest(&first));
        fs::write(&path, "signing = \"secret-text\"").unwrap();
        let error = args(path).read().unwrap_err();
        assert!(!format!("{error:#}").contains("secret-text"));
    }
}
