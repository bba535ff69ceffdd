//! What the exchange is told each minute, and what its answer orders.

use std::fs;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fleet::{Answer, Bundle, Deed, Evidence, Order, Outcome, Report, Wanted};

use crate::{
    book::Shelf,
    image::Image,
    line::Line,
    machine,
    orders::{self, Decision},
    places::Places,
    pulse::Pulse,
    service::now,
    shown::{duty, image_state},
    tpm,
};

/// One report, and what its answer orders; answers the release that this machine should have.
pub(crate) async fn tell(
    places: &Places,
    image: &Image,
    shelf: &mut Shelf,
    line: &Line,
    pulse: Option<&Pulse>,
    nonce: &mut String,
) -> anyhow::Result<Option<Wanted>> {
    let untold: Vec<_> = (shelf.book.orders.iter())
        .filter(|(id, _)| shelf.book.untold.contains(id))
        .cloned()
        .collect();
    let alarms = shelf.book.alarms.clone();
    let report = Report {
        station: line.station.clone(),
        at: now(),
        booted_at: machine::booted_at(),
        image: image_state(image, shelf),
        duty: duty(pulse),
        visit: pulse.is_some_and(|it| it.visit),
        health: (shelf.book.starts.last()).map_or_else(Vec::new, |it| it.checks.clone()),
        orders: untold.clone(),
        alarms: alarms.clone(),
        evidence: evidence(places, nonce),
    };
    let answer: Answer = line.wire.post(&line.path("report"), &report).await?;
    nonce.clone_from(&answer.nonce);
    shelf
        .book
        .untold
        .retain(|id| untold.iter().all(|(told, _)| told != id));
    shelf.book.alarms.retain(|it| !alarms.contains(it));
    shelf.keep()?;
    let signer = line.signer()?;
    for order in answer.orders {
        let Ok(order) = URL_SAFE_NO_PAD.decode(order) else {
            continue;
        };
        let here = orders::Here {
            station: &line.station,
            signer: &signer,
            book: &shelf.book,
            visit: pulse.is_none_or(|it| it.visit),
        };
        match orders::decide(&order, &here, now()) {
            Decision::Ignore => {}
            Decision::Answer(order, outcome) => {
                tracing::info!(deed = ?order.deed, ?outcome, "An order is not carried out");
                shelf.book.note_outcome(order.id, outcome);
                shelf.keep()?;
            }
            Decision::CarryOut(order) => obey(places, shelf, line, &order).await?,
        }
    }
    Ok(answer.wanted)
}

/// A machine without a TPM, or one whose TPM is in other hands, tells the rest all the same.
fn evidence(places: &Places, nonce: &str) -> Option<Evidence> {
    if nonce.is_empty() || !tpm::is_there() {
        return None;
    }
    let quoted = tpm::quote(&places.state.join("tpm"), nonce);
    quoted
        .inspect_err(|error| tracing::warn!(%error, "The TPM does not say how this started"))
        .ok()
}

/// Noted first: a restart that is noted afterwards would be carried out for ever.
async fn obey(
    places: &Places,
    shelf: &mut Shelf,
    line: &Line,
    order: &Order,
) -> anyhow::Result<()> {
    tracing::info!(deed = ?order.deed, operator = order.operator, "An order is carried out");
    shelf.book.note_outcome(order.id.clone(), Outcome::Done);
    shelf.keep()?;
    let done = match order.deed {
        Deed::Restart => machine::restart().map_err(|error| error.to_string()),
        Deed::CollectBundle => {
            let (path, bundle) = (line.path("bundle"), bundle(places));
            let sent = line.wire.post::<()>(&path, &bundle).await;
            sent.map_err(|error| error.to_string())
        }
    };
    if let Err(why) = done {
        tracing::error!(why, "An order failed");
        shelf.book.orders.retain(|(id, _)| *id != order.id);
        shelf
            .book
            .note_outcome(order.id.clone(), Outcome::Failed { why });
        shelf.keep()?;
    }
    Ok(())
}

/// The log of this start and the steward's own words, for whoever looks from afar.
fn bundle(places: &Places) -> Bundle {
    let mut files = vec![("log.txt".to_owned(), machine::log().join("\n"))];
    let said = [places.run.join("steward.json"), places.pulse()];
    for (name, file) in ["steward.json", "pulse.json"].into_iter().zip(said) {
        if let Ok(text) = fs::read_to_string(file) {
            files.push((name.to_owned(), text));
        }
    }
    Bundle { at: now(), files }
}
