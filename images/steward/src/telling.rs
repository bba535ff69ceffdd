//! What the exchange is told each minute, and what its answer orders.

use std::{fs, io};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fleet::{Answer, Deed, Order, Outcome, Report, signed::Signer};
use request::StationId;
use serde::Deserialize;

use crate::{
    book::{BookFault, Shelf},
    image::Image,
    machine,
    orders::{self, Decision},
    places::Places,
    pulse::Pulse,
    service::now,
    shown::{duty, image_state},
};

/// What the steward needs of the kiosk's settings.
#[derive(Deserialize)]
struct Settings {
    station: StationId,
    exchange: Line,
}

#[derive(Deserialize)]
struct Line {
    url: String,
}

/// One report, and what its answer orders.
pub(crate) async fn tell(
    places: &Places,
    image: &Image,
    shelf: &mut Shelf,
    pulse: Option<&Pulse>,
) -> anyhow::Result<()> {
    let Ok(text) = fs::read_to_string(&places.settings) else {
        // Not in service yet: there is nobody to tell, and nobody to tell it as.
        return Ok(());
    };
    let settings: Settings = toml::from_str(&text)?;
    let wire = link::Wire::new(link::Settings {
        exchange: settings.exchange.url,
        station: settings.station.clone(),
        credentials: places.line.clone(),
        clock: link::Clock::new(now),
    });
    let untold: Vec<_> = (shelf.book.orders.iter())
        .filter(|(id, _)| shelf.book.untold.contains(id))
        .cloned()
        .collect();
    let report = Report {
        station: settings.station.clone(),
        at: now(),
        booted_at: machine::booted_at(),
        image: image_state(image, shelf),
        duty: duty(pulse),
        visit: pulse.is_some_and(|it| it.visit),
        health: (shelf.book.starts.last()).map_or_else(Vec::new, |it| it.checks.clone()),
        orders: untold.clone(),
        evidence: None,
    };
    let answer: Answer = wire
        .post(
            &format!("/v1/stations/{}/report", settings.station),
            &report,
        )
        .await?;
    shelf
        .book
        .untold
        .retain(|id| untold.iter().all(|(told, _)| told != id));
    shelf.keep()?;
    let co_signer = identity::Credentials::read_co_signer(&places.line)?;
    let signer = Signer::from_pem(&co_signer)?;
    for order in answer.orders {
        let Ok(order) = URL_SAFE_NO_PAD.decode(order) else {
            continue;
        };
        let here = orders::Here {
            station: &settings.station,
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
            Decision::CarryOut(order) => obey(places, shelf, &order)?,
        }
    }
    Ok(())
}

/// Noted first: a restart that is noted afterwards would be carried out for ever.
fn obey(places: &Places, shelf: &mut Shelf, order: &Order) -> Result<(), BookFault> {
    tracing::info!(deed = ?order.deed, operator = order.operator, "An order is carried out");
    shelf.book.note_outcome(order.id.clone(), Outcome::Done);
    shelf.keep()?;
    let done = match order.deed {
        Deed::Restart => machine::restart().map_err(|error| error.to_string()),
        Deed::CollectBundle => bundle(places).map_err(|error| error.to_string()),
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

/// The log of this start and the steward's own words, for whoever comes to look.
fn bundle(places: &Places) -> io::Result<()> {
    let folder = places.state.join("bundle");
    fs::create_dir_all(&folder)?;
    durable::replace(
        &folder.join("log.txt"),
        machine::log().join("\n").as_bytes(),
    )?;
    for name in ["steward.json", "pulse.json"] {
        if let Ok(text) = fs::read(places.run.join(name)) {
            durable::replace(&folder.join(name), &text)?;
        }
    }
    Ok(())
}
