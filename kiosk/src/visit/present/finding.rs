//! Services as one finds them: tiles, topics, and what a search has found.

use catalog::{Access, Elsewhere, LifeEvent, Service, Topic};

use crate::visit::{
    Moment, Visit,
    finding::Looking,
    view::{Around, CounterTile, Screen, Search, ServiceTile, Shelf, TopicTile, Trouble},
};

/// As many as fit above the topics.
const MOST_ASKED: usize = 4;
/// As many as stand above the keys; more are narrowed down by another letter.
const FOUND_MAX: usize = 4;

impl Visit {
    pub(super) fn finding_screen(&self, now: Moment) -> Screen {
        match &self.person.looking {
            Looking::Around => Screen::Find(self.around(now)),
            Looking::Below(topic) => self.catalog.topic(topic).map_or_else(
                || Screen::Find(self.around(now)),
                |topic| Screen::Topic(self.shelf(topic, now)),
            ),
            Looking::AtLifeEvent(event) => self.catalog.life_event(event).map_or_else(
                || Screen::Find(self.around(now)),
                |event| Screen::Topic(self.needed_for(event, now)),
            ),
            Looking::ByName => Screen::Search(self.search(now)),
            Looking::AmongHoldings => Screen::Holdings(self.holdings()),
            Looking::At(holding) => self.holding(holding, now),
            Looking::AtBoard => Screen::BoardTopics(self.board_topics(now)),
            Looking::BelowBoardTopic(topic) => self.board_page(topic, now),
            Looking::Titling(_) | Looking::Writing(_) => Screen::BoardWriting(self.board_writing()),
            Looking::Posted(posted) => Screen::BoardPosted(*posted),
        }
    }

    fn around(&self, now: Moment) -> Around {
        let most_asked = self.catalog.services().take(MOST_ASKED);
        Around {
            most_asked: most_asked.map(|it| self.tile(it, now)).collect(),
            topics: self.topics(),
            life_events: self.life_events(),
            locator: !self.locator.is_empty(),
            board: !self.local.topics().is_empty(),
        }
    }

    pub(super) fn topics(&self) -> Vec<TopicTile> {
        let language = self.language();
        let tile = |topic: &Topic| TopicTile {
            topic: topic.id.clone(),
            title: topic.title.in_language(language).to_owned(),
            summary: topic.summary.in_language(language).to_owned(),
            services: count(
                self.catalog.on_topic(&topic.id).count()
                    + self.catalog.accepted_on_topic(&topic.id).count(),
            ),
        };
        self.catalog.shelves().map(tile).collect()
    }

    fn life_events(&self) -> Vec<TopicTile> {
        let language = self.language();
        let tile = |event: &LifeEvent| TopicTile {
            topic: event.id.clone(),
            title: event.title.in_language(language).to_owned(),
            summary: event.summary.in_language(language).to_owned(),
            services: count(self.catalog.needed_for(event).count()),
        };
        self.catalog.life_events().map(tile).collect()
    }

    fn needed_for(&self, event: &LifeEvent, now: Moment) -> Shelf {
        let language = self.language();
        let services = self.catalog.needed_for(event);
        Shelf {
            title: event.title.in_language(language).to_owned(),
            summary: event.summary.in_language(language).to_owned(),
            services: services.map(|it| self.tile(it, now)).collect(),
            counters: Vec::new(),
        }
    }

    fn shelf(&self, topic: &Topic, now: Moment) -> Shelf {
        let language = self.language();
        let services = self.catalog.on_topic(&topic.id);
        let services = services.map(|it| self.tile(it, now));
        // A petition goes its own way.
        let petitions = self.catalog.accepted_on_topic(&topic.id);
        let petitions = petitions.filter(|_| self.is_alone());
        let petitions = petitions.map(|it| self.petition_tile(it, now));
        let counters = self.catalog.elsewhere().filter(|it| it.topic == topic.id);
        Shelf {
            title: topic.title.in_language(language).to_owned(),
            summary: topic.summary.in_language(language).to_owned(),
            services: services.chain(petitions).collect(),
            counters: counters.map(|it| self.counter(it)).collect(),
        }
    }

    fn search(&self, now: Moment) -> Search {
        let entry = &self.person.sought;
        let typed = entry.text();
        let tiles = |papers: Vec<&Service>| -> Vec<_> {
            papers.into_iter().map(|it| self.tile(it, now)).collect()
        };
        let petitions = self.catalog.find_accepted(&typed);
        let petitions = petitions.into_iter().filter(|_| self.is_alone());
        let petitions = petitions.map(|it| self.petition_tile(it, now));
        let mut found: Vec<_> = petitions.collect();
        found.extend(tiles(self.catalog.find(&typed)));
        let counters = self.catalog.find_elsewhere(&typed);
        // Who has hit a wrong key still sees what they meant.
        let nothing = found.is_empty() && counters.is_empty();
        if nothing {
            found = tiles(self.catalog.find_nearly(&typed));
        }
        let nearly = nothing && !found.is_empty();
        let more = count(found.len().saturating_sub(FOUND_MAX));
        found.truncate(FOUND_MAX);
        Search {
            text: entry.finished().to_owned(),
            composing: entry.composing(),
            keyboard: entry.keyboard(),
            more,
            found,
            nearly,
            counters: counters.into_iter().map(|it| self.counter(it)).collect(),
        }
    }

    pub(super) fn tile(&self, service: &Service, now: Moment) -> ServiceTile {
        let language = self.language();
        ServiceTile {
            service: service.id.to_string(),
            title: service.title.in_language(language).to_owned(),
            summary: service.summary.in_language(language).to_owned(),
            fee: self.fee_in_words(service, now),
            unavailable: self.unavailable(service, now),
            opens_at: self.opens_at(service, now),
            queues: self.queues(service, now),
            records_at: self.records_at(service, now),
        }
    }

    fn counter(&self, elsewhere: &Elsewhere) -> CounterTile {
        let language = self.language();
        CounterTile {
            title: elsewhere.title.in_language(language).to_owned(),
            reason: elsewhere.reason.in_language(language).to_owned(),
            counter: elsewhere.counter.in_language(language).to_owned(),
        }
    }

    /// When a service that is closed now opens; empty when hours are not the reason.
    fn opens_at(&self, service: &Service, now: Moment) -> String {
        if self.unavailable(service, now) != Some(Trouble::OutsideHours) {
            return String::new();
        }
        let opening = self.access(service).opening_after(now.wall.local());
        opening.map_or_else(String::new, |it| it.in_words(self.language()))
    }

    /// Why the agency is closed or this kiosk is, and until when; empty when neither is
    /// what keeps the citizen from having the service at once.
    pub(super) fn closed(&self, service: &Service, now: Moment) -> String {
        let by_hours = match self.unavailable(service, now) {
            None => self.queues(service, now),
            Some(trouble) => trouble == Trouble::OutsideHours,
        };
        if !by_hours {
            return String::new();
        }
        let told = self
            .access(service)
            .explanation(now.wall.local(), self.language());
        told.unwrap_or_default()
    }

    /// The agency's hours and the kiosk's own.
    fn access<'a>(&'a self, service: &'a Service) -> Access<'a> {
        let own = &self.site.hours;
        match self.catalog.access(service) {
            Some(agency) => agency.within(own),
            None => self.catalog.doors(own),
        }
    }

    pub(super) fn records_at(&self, service: &Service, now: Moment) -> String {
        let lease = self.issues_here(service, now);
        lease.map_or_else(String::new, |it| self.clock_time(it.records_at, now))
    }

    /// The fee of one copy; a range where the place decides.
    pub(super) fn fee_in_words(&self, service: &Service, now: Moment) -> String {
        let quote = |code: &str| {
            let answer = |_: &str| Some(code.to_owned());
            let place = &self.site.jurisdiction;
            self.catalog
                .fee(service, &answer, place, now.wall.local(), "ko")
        };
        let inside = quote(&self.site.jurisdiction).map_or(0, |fee| fee.unit_won);
        let outside = quote("00000").map_or(0, |fee| fee.unit_won);
        let price = |amount| self.price(amount);
        if service.fee.place.is_none() || inside == outside {
            price(inside)
        } else {
            format!(
                "{}–{}",
                price(inside.min(outside)),
                price(inside.max(outside))
            )
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
