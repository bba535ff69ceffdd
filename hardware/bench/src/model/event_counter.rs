//! What an acceptor counts by itself: it goes on when its station dies.

use devices::cash::CashEvent;

/// Events a device keeps (ccTalk part 3, headers 229 and 159).
const KEPT: usize = 5;
/// Between two looks a device cannot have so many events: it counts anew.
const RESET_DISTANCE: u8 = 100;

/// What the journal of its station has of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Unwritten,
    /// Nobody writes it down any more, unless it is told all the same.
    GivenUp,
    Written,
}

/// One event that a device has counted.
#[derive(Clone, Debug)]
struct Happened {
    /// What the device counted with it: 1..=255 and round again.
    count: u8,
    event: CashEvent,
    fate: Fate,
}

#[derive(Default)]
pub(super) struct EventCounter {
    /// 0 after a reset.
    count: u8,
    /// All that ever happened, oldest first.
    happened: Vec<Happened>,
    /// The first event after the newest reset.
    since_reset: usize,
    unwritten_won: u32,
    lost_won: u32,
}

/// What a driver is told that goes on after a crash.
pub(super) struct News {
    /// The event that was written down last, where the device still has it.
    pub(super) previous: Option<CashEvent>,
    /// What happened since, oldest first, each with its count.
    pub(super) events: Vec<(u8, CashEvent)>,
}

impl EventCounter {
    pub(super) fn count(&self) -> u8 {
        self.count
    }

    pub(super) fn add(&mut self, event: CashEvent) {
        self.count = self.count.checked_add(1).unwrap_or(1);
        self.unwritten_won += value_won(&event);
        self.happened.push(Happened {
            count: self.count,
            event,
            fate: Fate::Unwritten,
        });
    }

    /// Without power it forgets what it has counted.
    pub(super) fn reset(&mut self) {
        self.count = 0;
        self.since_reset = self.happened.len();
    }

    /// What it tells a driver that has seen so many; nothing, when that has seen none.
    pub(super) fn since(&self, seen: Option<u8>) -> News {
        let kept = self.kept();
        let newest = kept.last().map(|it| it.event.clone());
        let Some(seen) = seen else {
            return News {
                previous: newest,
                events: Vec::new(),
            };
        };
        let distance = if self.count >= seen {
            self.count - seen
        } else {
            u8::MAX - seen + self.count
        };
        let reset = seen != 0 && (self.count == 0 || distance > RESET_DISTANCE);
        let new = if reset { kept.len() } else { distance.into() };
        let first = kept.len().saturating_sub(new);
        let before = first.checked_sub(1).filter(|_| !reset && new < KEPT);
        News {
            previous: before.map(|it| kept[it].event.clone()),
            events: kept[first..]
                .iter()
                .map(|it| (it.count, it.event.clone()))
                .collect(),
        }
    }

    /// Whether such an event had this count and is not written down yet.
    pub(super) fn has(&self, count: Option<u8>, event: &CashEvent) -> bool {
        let found = self.find(count).map(|place| &self.happened[place]);
        found.is_some_and(|it| it.fate != Fate::Written && it.event == *event)
    }

    pub(super) fn written(&mut self, count: Option<u8>, event: &CashEvent) {
        if self.has(count, event)
            && let Some(place) = self.find(count)
        {
            let before = std::mem::replace(&mut self.happened[place].fate, Fate::Written);
            let open_won = if before == Fate::Unwritten {
                &mut self.unwritten_won
            } else {
                &mut self.lost_won
            };
            *open_won -= value_won(event);
        }
    }

    /// Money that came in and is in no journal yet.
    pub(super) fn unwritten_won(&self) -> u32 {
        self.unwritten_won
    }

    pub(super) fn lost_won(&self) -> u32 {
        self.lost_won
    }

    pub(super) fn give_up(&mut self) {
        self.lost_won += std::mem::take(&mut self.unwritten_won);
        let unwritten = |it: &&mut Happened| it.fate == Fate::Unwritten;
        let given_up = self.happened.iter_mut().filter(unwritten);
        given_up.for_each(|it| it.fate = Fate::GivenUp);
    }

    /// Of that, what the device still tells to whoever asks.
    pub(super) fn kept_won(&self) -> u32 {
        let kept = self.kept().iter();
        let unwritten = kept.filter(|it| it.fate == Fate::Unwritten);
        unwritten.map(|it| value_won(&it.event)).sum()
    }

    fn kept(&self) -> &[Happened] {
        let first = self.happened.len().saturating_sub(KEPT);
        &self.happened[first.max(self.since_reset)..]
    }

    fn find(&self, count: Option<u8>) -> Option<usize> {
        let count = count?;
        self.happened.iter().rposition(|it| it.count == count)
    }
}

fn value_won(event: &CashEvent) -> u32 {
    match event {
        CashEvent::CoinAccepted { value_won } | CashEvent::NoteStacked { value_won } => *value_won,
        _ => 0,
    }
}
