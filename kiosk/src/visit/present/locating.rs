//! What agencies hold, as one finds it.

use locator::Holding;

use crate::visit::{
    Moment, Visit,
    view::{HoldingSheet, HoldingTile, Holdings, Screen},
};

/// As many as are read before somebody types on.
const FOUND_MAX: usize = 4;

impl Visit {
    pub(super) fn holdings(&self) -> Holdings {
        let entry = &self.person.sought;
        let found = self.located(&entry.text(), FOUND_MAX + 1);
        let shown = found.iter().take(FOUND_MAX);
        Holdings {
            text: entry.finished().to_owned(),
            composing: entry.composing(),
            keyboard: entry.keyboard(),
            found: shown.map(|it| self.holding_tile(it)).collect(),
            more: found.len() > FOUND_MAX,
        }
    }

    /// Nothing is found by an index that does not answer.
    fn located(&self, typed: &str, limit: usize) -> Vec<&Holding> {
        self.locator.find(typed, limit).unwrap_or_else(|error| {
            tracing::error!(%error, "The locator failed");
            Vec::new()
        })
    }

    fn holding_tile(&self, holding: &Holding) -> HoldingTile {
        let language = self.language();
        let office = self.locator.office(&holding.office);
        HoldingTile {
            holding: holding.id.clone(),
            title: holding.title.in_language(language).to_owned(),
            office: office.map_or_else(String::new, |it| it.name.in_language(language).to_owned()),
        }
    }

    pub(super) fn holding(&self, id: &str, now: Moment) -> Screen {
        let Some(holding) = self.locator.holding(id) else {
            return Screen::Holdings(self.holdings());
        };
        let language = self.language();
        let words = |text: &catalog::Bilingual| text.in_language(language).to_owned();
        let office = self.locator.office(&holding.office);
        let districts: Vec<String> = holding.spatial.iter().map(|it| words(&it.name)).collect();
        let service = holding.service.as_ref();
        let service = service.and_then(|it| self.catalog.service(it));
        Screen::Holding(HoldingSheet {
            title: words(&holding.title),
            description: words(&holding.description),
            office: office.map_or_else(String::new, |it| words(&it.name)),
            telephone: office.map_or_else(String::new, |it| it.telephone.clone()),
            place: office.map_or_else(String::new, |it| words(&it.place)),
            access: holding.access,
            frequency: holding.frequency,
            since: holding.since.map_or_else(String::new, |it| it.to_string()),
            districts: districts.join(", "),
            service: service.map(|it| self.tile(it, now)),
        })
    }
}
