//! Editions between the shelf, the link and the visit.

use std::{path::Path, sync::Arc, time::Instant};

use edition::{EditionSigner, NotTaken, Refused, Shelf};
use identity::Credentials;
use request::Timestamp;

use super::{Content, ContentError, EditionCommand, EditionEvent, Editions};
use crate::{event_loop::EventLoop, happening::Happening, press, settings::Settings};

/// Beside the journal.
pub(crate) fn shelf(settings: &Settings) -> Shelf {
    Shelf::new(settings.journal.with_file_name("editions"))
}

/// What to start with: the newest edition that counts, or what the kiosk was
/// provisioned with.
///
/// # Errors
/// When there is no edition and that cannot be read.
pub(crate) fn at_start(
    settings: &Settings,
    now: Timestamp,
) -> Result<(Editions, Content), ContentError> {
    let newest = signer(&settings.exchange.credentials).and_then(|signer| {
        let found = shelf(settings).newest(&signer, now, Content::read_or_say);
        found
            .map_err(
                |error| tracing::error!(%error, "The editions of the catalogue cannot be read"),
            )
            .ok()
    });
    let (found, refused) = newest.unwrap_or_default();
    for it in &refused {
        let (number, reason) = (it.number, &it.reason);
        tracing::error!(number, reason, "An edition of the catalogue is of no use");
    }
    let refused = refused.into_iter().next();
    match found {
        Some(found) => Ok((Editions::new(found.number, refused), found.content)),
        None => Ok((Editions::new(0, refused), Content::read(&settings.catalog)?)),
    }
}

impl EventLoop {
    pub(crate) fn carry_out_for_editions(&mut self, command: EditionCommand) {
        match command {
            EditionCommand::Tell(state) => self.order(link::Order::TellEdition(state)),
            EditionCommand::Fetch { digest } => self.order(link::Order::FetchEdition { digest }),
            EditionCommand::Take { signed, above } => self.take_edition(signed, above),
        }
    }

    /// On a thread of its own: a catalogue is read for longer than a finger waits.
    fn take_edition(&mut self, signed: Arc<[u8]>, above: u64) {
        let (shelf, happenings) = (Arc::clone(&self.shelf), self.to_self.clone());
        let credentials = self.credentials.clone();
        let take = move || {
            let taken = match signer(&credentials) {
                Some(signer) => shelf.take(&signed, &signer, above, Content::read_or_say),
                None => Err(NotTaken::Refused(Refused::OtherKey)),
            };
            // Fails only when the kiosk has ended.
            let _ = happenings.send(Happening::Edition(EditionEvent::Taken(taken)));
        };
        let thread = std::thread::Builder::new().name("kiosk-edition".to_owned());
        if let Err(source) = thread.spawn(take) {
            let number = 0;
            let taken = Err(NotTaken::Disk { number, source });
            self.editions
                .handle(EditionEvent::Taken(taken), Instant::now());
        }
    }

    /// Goes over to the next edition, when its time has come and nobody stands here.
    pub(crate) fn go_over_to_edition(&mut self) {
        if self.recovery.is_some() || !self.visit.is_resting() {
            return;
        }
        let now = self.clock.now();
        let Some(taken) = self.editions.go_over(now.wall) else {
            return;
        };
        let number = taken.number;
        let content = taken.content;
        match press::start(Arc::clone(&content.catalog), self.to_self.clone()) {
            Ok(press) => self.press = press,
            // Its papers are refused then, until the kiosk starts anew.
            Err(error) => tracing::error!(%error, "Nothing can be printed under a lease"),
        }
        self.catalog = Arc::clone(&content.catalog);
        self.visit.go_over(content, now);
        self.leases_at = Instant::now();
        tracing::warn!(
            number,
            "The kiosk has gone over to an edition of the catalogue"
        );
        if let Err(error) = self.shelf.tidy(number) {
            tracing::warn!(%error, "An old edition of the catalogue cannot be deleted");
        }
    }

    pub(crate) fn edition_happened(&mut self, event: EditionEvent) {
        if let EditionEvent::Taken(Err(reason)) = &event {
            tracing::error!(%reason, "An edition of the catalogue was refused");
        }
        self.editions.handle(event, Instant::now());
    }
}

/// The exchange's key, as it lies beside the station's certificate.
fn signer(credentials: &Path) -> Option<EditionSigner> {
    let pem = Credentials::read_co_signer(credentials).ok()?;
    EditionSigner::from_pem(&pem).ok()
}
