//! Goes over to editions of the catalogue, between two callers.

use std::{sync::Arc, time::Instant};

use station::{EditionCommand, EditionEvent, EditionShelf};

use crate::{content::Content, event_loop::EventLoop, happening::Happening, settings::Settings};

pub(crate) fn shelf(settings: &Settings) -> EditionShelf<Content> {
    let credentials = &settings.exchange.credentials;
    EditionShelf::beside(&settings.journal, credentials, Content::read_or_say)
}

impl EventLoop {
    pub(crate) fn carry_out_for_editions(&mut self, command: EditionCommand) {
        let happenings = self.to_self.clone();
        // Fails only when the desk has ended.
        let told =
            move |taken| drop(happenings.send(Happening::Edition(EditionEvent::Taken(taken))));
        if let Err(error) = self.shelf.carry_out(command, &self.station, told) {
            self.edition_happened(EditionEvent::Taken(Err(error)));
        }
    }

    /// Goes over to the next edition, when its time has come and no caller's form is open.
    pub(crate) fn go_over_to_edition(&mut self) {
        if !self.workplace.may_go_over() {
            return;
        }
        let now = self.clock.now();
        let Some(taken) = self.editions.go_over(now.wall) else {
            return;
        };
        let number = taken.number;
        self.catalog = Arc::clone(&taken.content.catalog);
        self.workplace.go_over(taken.content, now);
        tracing::warn!(
            number,
            "The desk has gone over to an edition of the catalogue"
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
