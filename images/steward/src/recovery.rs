//! A key that opens the machine's disk without its TPM, for whom the site's package names.
//!
//! It is made on the machine, leaves it encrypted (age) only, and the exchange keeps it: when a
//! board dies, what citizens have asked for is read with it.

use std::{fs, io, str::FromStr};

use age::x25519::Recipient;
use anyhow::anyhow;
use base64::{Engine, engine::general_purpose::STANDARD};
use fleet::{SealedKey, signed::Signer, site::Site};
use request::Timestamp;

use crate::{book::Shelf, image::Image, line::Line, machine, places::Places, service::now};

/// Makes a key where there should be one and is none, and tells the exchange until it has it.
pub(crate) async fn escrow(
    places: &Places,
    image: &Image,
    shelf: &mut Shelf,
    line: &Line,
) -> anyhow::Result<()> {
    if shelf.book.recovery.is_none() {
        let Some(recipient) = recipient(places, image)? else {
            return Ok(());
        };
        shelf.book.recovery = Some(made(&recipient)?);
        shelf.keep()?;
        tracing::info!("The disk has a recovery key");
    }
    let untold = shelf.book.recovery.clone();
    let Some(sealed) = untold.filter(|_| !shelf.book.recovery_told) else {
        return Ok(());
    };
    let path = line.path("recovery-key");
    line.wire.post::<()>(&path, &sealed).await?;
    shelf.book.recovery_told = true;
    Ok(shelf.keep()?)
}

/// For whom, by the package that this machine was brought into service with.
fn recipient(places: &Places, image: &Image) -> anyhow::Result<Option<Recipient>> {
    let signer = Signer::from_pem(&fs::read_to_string(&places.site_authority)?)?;
    let package = match fs::read(&places.site) {
        Ok(package) => package,
        // It was brought into service by hand.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    // Its term is for the day of the stick.
    let site = Site::open(&package, &signer, &image.model, Timestamp::default())?;
    let Some(text) = site.escrow else {
        return Ok(None);
    };
    let recipient = Recipient::from_str(&text);
    let recipient = recipient.map_err(|why| anyhow!("the site's escrow is no recipient: {why}"))?;
    Ok(Some(recipient))
}

/// An older one, whose encrypted form a power cut has lost, is worth nothing from now on.
fn made(recipient: &Recipient) -> anyhow::Result<SealedKey> {
    let key = machine::recovery_key()?;
    let sealed = age::encrypt(recipient, key.as_bytes())?;
    Ok(SealedKey {
        at: now(),
        recipient: recipient.to_string(),
        sealed: STANDARD.encode(sealed),
    })
}
