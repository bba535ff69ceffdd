//! Is the journal what was written? Names the first entry that is not.

use std::{io::Write, process::ExitCode};

use anyhow::Context;
use journal::{Error, Journal};
use sync::{CoSignedHead, Head, PublicKey};

use crate::{
    TAMPERED,
    arguments::{Arguments, text},
};

pub(crate) fn verify(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let journal = Journal::inspect(&arguments.journal, &arguments.key()?)?;
    let keys = keys(arguments)?;
    let given = given(arguments, keys.as_ref())?;
    let mut out = std::io::stdout();
    if let Some(head) = &given
        && (&head.station, &head.incarnation)
            != (&journal.head().station, &journal.head().incarnation)
    {
        writeln!(
            out,
            "the signed head is of another journal: station {}, incarnation {}",
            head.station,
            head.incarnation.as_str()
        )?;
        return Ok(ExitCode::from(TAMPERED));
    }
    let kept = journal.checkpoints()?;
    if let Some((station, exchange)) = &keys {
        for head in &kept {
            if let Err(forged) = head.verify(station, exchange) {
                let number = head.head().number;
                writeln!(out, "kept as signed for at entry {number}: {forged}")?;
                return Ok(ExitCode::from(TAMPERED));
            }
        }
    }
    let signed: Vec<Head> = kept
        .iter()
        .map(|it| it.head().clone())
        .chain(given)
        .collect();
    let against = signed.iter().map(|head| head.number).max();
    let audited = match journal.audit(signed) {
        Ok(audited) => audited,
        Err(error @ Error::Damaged { .. }) => {
            writeln!(out, "{:#}", anyhow::Error::from(error))?;
            return Ok(ExitCode::from(TAMPERED));
        }
        Err(error) => return Err(error.into()),
    };
    let Head { number, hash, .. } = &audited.head;
    if let Some(finding) = audited.finding {
        writeln!(out, "{finding}\nwhole up to entry {number}, hash {hash}")?;
        return Ok(ExitCode::from(TAMPERED));
    }
    writeln!(
        out,
        "whole: {number} entries, {} of them erased, hash {hash}",
        audited.erased
    )?;
    match against {
        Some(signed) => writeln!(out, "agrees with what was signed, up to entry {signed}")?,
        None => writeln!(out, "nothing was signed: a shortened end would not be seen")?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Whose signatures count: the station's and the exchange's. Needed for a head that
/// is brought along; those kept in the journal are checked when they are named.
fn keys(arguments: &Arguments) -> anyhow::Result<Option<(PublicKey, PublicKey)>> {
    let named = ["--head", "--station", "--for"];
    if named.iter().all(|name| arguments.named(name).is_none()) {
        return Ok(None);
    }
    let station = arguments.needed("--station")?;
    let station =
        PublicKey::from_pem(&text(station)?).with_context(|| format!("{}", station.display()))?;
    Ok(Some((station, arguments.exchange()?.co_signer()?)))
}

/// The head to compare with, once both its signatures are known to be genuine.
fn given(
    arguments: &Arguments,
    keys: Option<&(PublicKey, PublicKey)>,
) -> anyhow::Result<Option<Head>> {
    let (Some(file), Some((station, exchange))) = (arguments.named("--head"), keys) else {
        return Ok(None);
    };
    let head: CoSignedHead = serde_json::from_str(&text(file)?)
        .with_context(|| format!("{} is not a co-signed head", file.display()))?;
    head.verify(station, exchange)?;
    Ok(Some(head.head().clone()))
}
