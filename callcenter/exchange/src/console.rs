//! The console of those who run the exchange, at an address of its own: rendered here,
//! without scripts or anything from elsewhere, for operators who have signed in.
//!
//! It shows what the exchange knows and does what its other doors do, by the same
//! functions. Whatever is changed here stands in the audit before it is done, with the
//! operator's name; so does what a role did not let somebody do.

mod account;
mod command;
mod concern;
mod door;
mod editions;
mod fault;
mod form;
mod guessing;
mod keeping;
mod listing;
mod machine_card;
mod machine_orders;
mod machines;
mod moments;
mod named;
mod networks;
mod operators;
mod overview;
mod passphrase;
mod peer;
mod plot;
mod role;
mod roster_page;
mod screen;
mod session;
mod signed;
mod station_page;
mod stations;
mod statistics;
mod telling;
mod trail;
mod waiting;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::header::CONTENT_TYPE,
    middleware::from_fn,
    response::IntoResponse,
    routing::{get, post},
};
use ledger::{AuditAltered, AuditHead, StoreError};
use lockout::Lockout;
use tokio::sync::Semaphore;

use crate::{
    http::Exchange,
    web::{Language, close_everything, icon},
};
use fault::Fault;
use session::{Forms, Sessions};

pub(crate) use command::obey;
pub use command::operate;
pub(crate) use peer::Peer;

/// More than any form here brings along.
const FORM_BYTES_MAX: usize = 16 << 10;
/// Passphrases that are looked at at once: each takes a core and 19 MiB.
const HASHES_MAX: usize = 2;
/// How long it is believed that the audit is as it was written.
const CHECK_AGAIN: Duration = Duration::from_mins(1);

/// What the console works with.
pub(crate) struct Console {
    sessions: Mutex<Sessions>,
    lockout: Mutex<Lockout>,
    hashing: Semaphore,
    /// Of forms that are shown before anybody has signed in.
    door: Forms,
    checked: Mutex<Option<(Instant, Checked)>>,
}

/// What following the audit came to.
type Checked = Result<AuditHead, AuditAltered>;

impl Console {
    /// # Errors
    /// When the system draws nothing.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        Ok(Self {
            sessions: Mutex::default(),
            lockout: Mutex::new(guessing::lockout()),
            hashing: Semaphore::new(HASHES_MAX),
            door: Forms::new(draw()?),
            checked: Mutex::default(),
        })
    }

    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Exchange {
    /// What following the audit came to a moment ago.
    async fn audit_checked(self: &Arc<Self>) -> Result<Checked, Fault> {
        let last = |it: &Console| {
            let checked = it.checked.lock().unwrap_or_else(PoisonError::into_inner);
            checked.clone().filter(|(at, _)| at.elapsed() < CHECK_AGAIN)
        };
        match last(&self.console) {
            Some((_, checked)) => Ok(checked),
            None => self.audit_followed().await,
        }
    }

    /// Follows the audit now.
    async fn audit_followed(self: &Arc<Self>) -> Result<Checked, Fault> {
        let checked = self.aside(|store| store.audit_head()).await?;
        if let Err(altered) = &checked {
            tracing::error!(%altered, "The audit was altered");
        }
        let mut kept = self
            .console
            .checked
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *kept = Some((Instant::now(), checked.clone()));
        Ok(checked)
    }

    /// Asks the store what takes a while, so that nobody waits for it.
    async fn aside<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&ledger::Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Fault> {
        let store = self.issuer.store.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&store)).await;
        Ok(asked.map_err(|_| Fault::NotNow)??)
    }
}

/// Bytes nobody else has.
fn draw<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut drawn = [0; N];
    getrandom::fill(&mut drawn)?;
    Ok(drawn)
}

pub(crate) fn routes() -> Router<Arc<Exchange>> {
    Router::new()
        .route("/", get(overview::show))
        .route("/sign-in", get(door::show).post(door::sign_in))
        .route("/sign-out", post(door::sign_out))
        .route("/account", get(account::show).post(account::change))
        .route("/stations", get(stations::show))
        .route("/stations/notice", post(telling::notice_to_all))
        .route("/stations/{station}", get(station_page::show))
        .route("/stations/{station}/notice", post(telling::notice))
        .route("/stations/{station}/order", post(telling::order))
        .route("/stations/{station}/release", post(waiting::release))
        .route(
            "/stations/{station}/revoke",
            post(roster_page::revoke_station),
        )
        .route(
            "/stations/{station}/machine-order",
            post(machine_orders::order),
        )
        .route("/stations/{station}/bundle", get(machine_orders::bundle))
        .route(
            "/stations/{station}/recovery-keys",
            get(machine_orders::recovery_keys),
        )
        .route("/machines", get(machines::show))
        .route("/machines/start", post(machines::start))
        .route("/machines/stop", post(machines::stop))
        .route("/roster", get(roster_page::show))
        .route("/agents/{agent}/revoke", post(roster_page::revoke_agent))
        .route("/switches/{name}/revoke", post(roster_page::revoke_switch))
        .route("/networks", get(networks::show))
        .route("/waiting", get(waiting::show))
        .route(
            "/waiting/{station}/{incarnation}/{number}",
            post(waiting::settle),
        )
        .route("/editions", get(editions::show))
        .route("/keeping", get(keeping::show))
        .route("/keeping/copy", post(keeping::copy))
        .route("/statistics", get(statistics::show))
        .route("/trail", get(trail::show))
        .route("/operators", get(operators::show).post(operators::add))
        .route("/operators/{name}/role", post(operators::give_role))
        .route(
            "/operators/{name}/passphrase",
            post(operators::give_passphrase),
        )
        .route("/operators/{name}/strike", post(operators::strike))
        .fallback(|| async { Fault::NotFound })
        .method_not_allowed_fallback(|| async { Fault::NotAForm })
        .layer(from_fn(fault::explain))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .route("/style.css", get(style))
        .route("/icon.svg", get(icon))
        .layer(from_fn(close_everything))
}

async fn style() -> impl IntoResponse {
    let style = concat!(
        include_str!("web/style.css"),
        include_str!("console/style.css")
    );
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], style)
}
