//! Goes over to editions of the catalogue, between two visits.

use std::{sync::Arc, time::Instant};

use station::{EditionCommand, EditionEvent, EditionShelf};

use crate::{
    content::Content, event_loop::EventLoop, happening::Happening, press, settings::Settings,
};

pub(crate) fn shelf(settings: &Settings) -> EditionShelf<Content> {
    let credentials = &settings.exchange.credentials;
    EditionShelf::beside(&settings.journal, credentials, Content::read_or_say)
}

impl EventLoop {
    pub(crate) fn carry_out_for_editions(&mut self, command: EditionCommand) {
        let happenings = self.to_self.clone();
        // Fails only when the kiosk has ended.
        let told =
            move |taken| drop(happenings.send(Happening::Edition(EditionEvent::Taken(taken))));
        if let Err(error) = self.shelf.carry_out(command, &self.station, told) {
            self.edition_happened(EditionEvent::Taken(Err(error)));
        }
    }

    /// Goes over to the next edition, when its time has come and nobody stands here.
    pub(crate) fn go_over_to_edition(&mut self) {
        if !self.is_idle() {
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
        self.shelf.tidy(number);
    }

    pub(crate) fn edition_happened(&mut self, event: EditionEvent<Content>) {
        if let EditionEvent::Taken(Err(reason)) = &event {
            tracing::error!(%reason, "An edition of the catalogue was refused");
        }
        self.editions.handle(event, Instant::now());
    }
}
