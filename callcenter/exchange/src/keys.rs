//! The office's keys: made at first start, read ever after.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use p256::{
    ecdsa::SigningKey,
    elliptic_curve::rand_core::OsRng,
    pkcs8::{EncodePrivateKey, EncodePublicKey, LineEnding},
};
use parcel::Opener;
use seal::{SealKey, SoftSealKey, TrustList};
use signature::{DevelopmentAuthority, Pkcs11Key, Pkcs11Settings, Signer, SoftKey};
use sync::KeyPair;

use crate::KeyStore;

const AUTHORITY: &str = "Minwon development CA";
const OFFICE: &str = "한빛시 발급센터";

pub(crate) struct Keys {
    pub(crate) signer: Box<dyn Signer>,
    pub(crate) seal: SoftSealKey,
}

/// Reads the keys below `data/keys`, and puts what verifiers need below
/// `data/trust`. What is missing is made.
pub(crate) fn open(data: &Path, store: &KeyStore, now: Duration) -> anyhow::Result<Keys> {
    let (keys, trust) = folders(data)?;
    let signer: Box<dyn Signer> = match store {
        KeyStore::File => Box::new(signing_key(&keys, &trust, now)?),
        KeyStore::Pkcs11 {
            module,
            token,
            key,
            pin_file,
            chain,
        } => {
            let read = |file: &Path| {
                fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
            };
            Box::new(Pkcs11Key::open(&Pkcs11Settings {
                module,
                token,
                pin: read(pin_file)?.trim(),
                key,
                chain: &read(chain)?,
            })?)
        }
    };
    Ok(Keys {
        signer,
        seal: seal_key(&keys, &trust)?,
    })
}

/// The key that signs what the exchange holds of journals; its public half lies
/// below `data/trust`, too.
pub(crate) fn co_signer(data: &Path) -> anyhow::Result<KeyPair> {
    let (keys, trust) = folders(data)?;
    let make = || anyhow::Ok(KeyPair::generate().to_pem()?);
    let pem = durable::secret(&keys.join("co-signer.key.pem"), make)?;
    let key = KeyPair::from_pem(&pem).context("the key that signs for journals")?;
    durable::replace(
        &trust.join("co-signer.pem"),
        key.public().to_pem()?.as_bytes(),
    )?;
    Ok(key)
}

/// Opens what is carried by hand.
pub(crate) fn parcel_opener(data: &Path) -> anyhow::Result<Opener> {
    let (keys, _) = folders(data)?;
    let make = || anyhow::Ok(Opener::generate().to_text());
    let text = durable::secret(&keys.join("parcel.key"), make)?;
    Opener::from_text(&text).context("the key that opens parcels")
}

fn folders(data: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    let (keys, trust) = (data.join("keys"), data.join("trust"));
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&keys)
        .context("cannot make keys/")?;
    fs::create_dir_all(&trust).context("cannot make trust/")?;
    Ok((keys, trust))
}

fn signing_key(keys: &Path, trust: &Path, now: Duration) -> anyhow::Result<SoftKey> {
    let (key, chain) = (keys.join("office.key.pem"), keys.join("office.chain.pem"));
    if !key.exists() {
        // The authority's own key is not kept: it has done its one duty.
        let authority = DevelopmentAuthority::create(AUTHORITY, now)?;
        let office = authority.issue(OFFICE, now)?;
        fs::write(trust.join("ca.pem"), authority.certificate_pem()?)?;
        fs::write(&chain, office.certificate_pem)?;
        // Last, so that a key is never there without its public half.
        durable::replace_secret(&key, office.key_pem.as_bytes())?;
        tracing::info!("Made a development authority and the office's signing key");
    }
    Ok(SoftKey::from_pem(
        &fs::read_to_string(&key)?,
        &fs::read_to_string(&chain)?,
    )?)
}

fn seal_key(keys: &Path, trust: &Path) -> anyhow::Result<SoftSealKey> {
    let file = keys.join("seal.key.pem");
    if !file.exists() {
        let key = SigningKey::random(&mut OsRng);
        let public_key = key.verifying_key().to_public_key_pem(LineEnding::LF)?;
        let list = TrustList {
            keys: vec![SealKey {
                office: OFFICE.to_owned(),
                public_key,
            }],
        };
        fs::write(
            trust.join("seal-keys.json"),
            serde_json::to_vec_pretty(&list)?,
        )?;
        // Last, so that a key is never there without its public half.
        let text = key.to_pkcs8_pem(LineEnding::LF)?;
        durable::replace_secret(&file, text.as_bytes())?;
    }
    SoftSealKey::from_pem(&fs::read_to_string(&file)?).context("the seal key cannot be read")
}
