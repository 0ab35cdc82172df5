//! The secrets: the key that signs tokens, the key that finds codici fiscali, the key that seals
//! them. They are in a file that only its owner reads, or in the environment.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::accounts::SigningKey;
use crate::citizens::Vault;

/// Where the secrets are.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct KeyArgs {
    /// The key file, made when missing; lose it and codici fiscali cannot be read any more
    #[arg(
        long,
        env = "AUTONOMIA_KEYS",
        default_value = "data/keys.toml",
        value_name = "FILE"
    )]
    pub(super) keys: PathBuf,
    /// The signing key itself, base64 of 32 bytes, instead of the file's
    #[arg(
        long,
        env = "AUTONOMIA_SIGNING_KEY",
        hide = true,
        hide_env_values = true
    )]
    signing_key: Option<String>,
    /// The digest key itself
    #[arg(
        long,
        env = "AUTONOMIA_DIGEST_KEY",
        hide = true,
        hide_env_values = true
    )]
    digest_key: Option<String>,
    /// The seal key itself
    #[arg(long, env = "AUTONOMIA_SEAL_KEY", hide = true, hide_env_values = true)]
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
    /// Reads the secrets; makes the file when it is missing and needed.
    pub(super) fn load(&self) -> anyhow::Result<Keys> {
        let given = (&self.signing_key, &self.digest_key, &self.seal_key);
        let file = if let (Some(signing), Some(digest), Some(seal)) = given {
            let (signing, digest, seal) = (signing.clone(), digest.clone(), seal.clone());
            File {
                signing,
                digest,
                seal,
            }
        } else {
            let mut file = read_or_make(&self.keys)?;
            let overrule = |own: &mut String, given: &Option<String>| {
                if let Some(given) = given {
                    own.clone_from(given);
                }
            };
            overrule(&mut file.signing, &self.signing_key);
            overrule(&mut file.digest, &self.digest_key);
            overrule(&mut file.seal, &self.seal_key);
            file
        };
        keys(&file)
    }
}

/// Secrets for once, kept nowhere: for a database that is thrown away.
pub(super) fn throw_away() -> anyhow::Result<Keys> {
    keys(&fresh()?)
}

fn keys(file: &File) -> anyhow::Result<Keys> {
    let signing = SigningKey::new(&bytes("signing", &file.signing)?);
    let vault = Vault::new(&bytes("digest", &file.digest)?, &bytes("seal", &file.seal)?)?;
    Ok(Keys { signing, vault })
}

fn read_or_make(path: &Path) -> anyhow::Result<File> {
    let shown = path.display();
    match fs::read_to_string(path) {
        // The error would quote the line with the key in it.
        Ok(text) => toml::from_str(&text)
            .map_err(|_| anyhow!("{shown} is not a key file: signing, digest and seal are needed")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            make(path).with_context(|| format!("the key file {shown} cannot be made"))
        }
        Err(error) => Err(error).with_context(|| format!("the key file {shown} cannot be read")),
    }
}

fn make(path: &Path) -> anyhow::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = fresh()?;
    let text = format!(
        "# The secrets of this installation. Keep a copy in a safe place: without `digest` nobody\n\
         # is found by codice fiscale, without `seal` no codice fiscale can be read again.\n\
         signing = \"{}\"\ndigest = \"{}\"\nseal = \"{}\"\n",
        file.signing, file.digest, file.seal
    );
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut handle = options.open(path)?;
    handle.write_all(text.as_bytes())?;
    handle.sync_all()?;
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
        let first = args(path.clone()).load().unwrap();
        let again = args(path.clone()).load().unwrap();
        let digest = |keys: &Keys| keys.vault.digest(Purpose::Card, "x");
        assert_eq!(digest(&first), digest(&again));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        let mut given = args(path.clone());
        given.digest_key = Some(STANDARD.encode([5; 32]));
        assert_ne!(digest(&given.load().unwrap()), digest(&first));
        fs::write(&path, "signing = \"secret-text\"").unwrap();
        let error = args(path).load().unwrap_err();
        assert!(!format!("{error:#}").contains("secret-text"));
    }
}
