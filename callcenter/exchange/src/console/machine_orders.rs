//! Orders to machines, and what machines have left for whoever looks after them.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Redirect, Response},
};
use fleet::{
    Order, OrderId,
    signed::{Key, sign},
};
use request::StationId;

use super::{
    draw, fault::Fault, form::Filled, machine_card::DEEDS, named::Named, role::Act, screen::Done,
    signed::Signed,
};
use crate::http::Exchange;

/// A machine hears of it within a minute; one that is away then does not do it hours later.
const ORDERS_LAST: Duration = Duration::from_mins(15);
const ID_BYTES: usize = 16;

pub(super) async fn order(
    State(exchange): State<Arc<Exchange>>,
    Named(station): Named<StationId>,
    Filled { who, fields }: Filled,
) -> Result<Redirect, Fault> {
    who.must(&exchange, Act::Tell)?;
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    if store.machine(&station)?.is_none() {
        return Err(Fault::NotFound);
    }
    let asked = fields.text("deed");
    let (code, deed) = *DEEDS
        .iter()
        .find(|(code, _)| *code == asked)
        .ok_or(Fault::NotAForm)?;
    let drawn: [u8; ID_BYTES] = draw().map_err(|_| Fault::NotNow)?;
    let order = Order {
        id: OrderId(drawn.iter().map(|it| format!("{it:02x}")).collect()),
        station: station.clone(),
        deed,
        operator: who.name.clone(),
        given_at: now,
        until: now + ORDERS_LAST,
    };
    let key = exchange.co_signer.to_pem().map_err(|_| Fault::NotNow)?;
    let key = Key::from_pem(&key).map_err(|_| Fault::NotNow)?;
    let signed = sign(&order, &key).map_err(|_| Fault::NotNow)?;
    let subject = format!("station {station}");
    store.note(
        &who.name,
        &format!("orders the machine ({code}) of"),
        &subject,
        now,
    )?;
    store.give_order(&order, &signed)?;
    Ok(Done::Ordered.at(&format!("/stations/{station}")))
}

/// The support bundle, as a text.
pub(super) async fn bundle(
    State(exchange): State<Arc<Exchange>>,
    Named(station): Named<StationId>,
    _: Signed,
) -> Result<Response, Fault> {
    let bundle = exchange.issuer.store.bundle(&station)?;
    let bundle = bundle.ok_or(Fault::NotFound)?;
    let files = bundle.files.iter();
    let text: Vec<String> = files
        .map(|(name, text)| format!("== {name}\n{text}\n"))
        .collect();
    Ok(attached(&format!("{station}-bundle.txt"), text.join("\n")))
}

/// All keys that open disks of the station's machines: nobody but whom they are encrypted for
/// can read them, and that they were taken stands in the audit.
pub(super) async fn recovery_keys(
    State(exchange): State<Arc<Exchange>>,
    Named(station): Named<StationId>,
    who: Signed,
) -> Result<Response, Fault> {
    who.must(&exchange, Act::Revoke)?;
    let (store, now) = (&exchange.issuer.store, exchange.issuer.clock.now());
    let keys = store.recovery_keys(&station)?;
    if keys.is_empty() {
        return Err(Fault::NotFound);
    }
    let subject = format!("station {station}");
    store.note(&who.name, "takes the recovery keys of", &subject, now)?;
    let text = serde_json::to_string_pretty(&keys).map_err(|_| Fault::NotNow)?;
    Ok(attached(&format!("{station}-recovery.json"), text))
}

fn attached(name: &str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let kind = "text/plain; charset=utf-8".to_owned();
    (
        [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition)],
        text,
    )
        .into_response()
}
