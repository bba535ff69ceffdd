//! Several slots, one card reader: a kiosk may read stripes in one and chips in
//! another, and the citizen may use either.

use devices::{
    DeviceState,
    card_reader::{CardReaderEvent, CardReaderStatus},
};

/// Listens to all readers. The first slot a card is in is the one that counts,
/// until that card has left.
#[derive(Debug)]
pub(crate) struct CardReaders {
    states: Vec<DeviceState>,
    holding: Option<usize>,
}

impl CardReaders {
    pub(crate) fn new(count: usize) -> Self {
        Self {
            states: vec![DeviceState::Absent; count],
            holding: None,
        }
    }

    /// What the visit hears of what the reader with this index has told.
    pub(crate) fn hear(&mut self, index: usize, event: CardReaderEvent) -> Option<CardReaderEvent> {
        if let CardReaderEvent::Status(status) = event {
            if let Some(state) = self.states.get_mut(index) {
                *state = status.state;
            }
            return Some(CardReaderEvent::Status(CardReaderStatus {
                state: self.best(),
            }));
        }
        if self.holding.is_some_and(|holding| holding != index) {
            return None;
        }
        self.holding = match event {
            CardReaderEvent::Removed => None,
            CardReaderEvent::Inserted
            | CardReaderEvent::Track(_)
            | CardReaderEvent::Read(_)
            | CardReaderEvent::Refused(_)
            | CardReaderEvent::Status(_) => Some(index),
        };
        Some(event)
    }

    /// One slot that works is enough to be served.
    fn best(&self) -> DeviceState {
        let order = [
            DeviceState::Ready,
            DeviceState::Busy,
            DeviceState::Starting,
            DeviceState::Faulted,
        ];
        order
            .into_iter()
            .find(|state| self.states.contains(state))
            .unwrap_or(DeviceState::Absent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(state: DeviceState) -> CardReaderEvent {
        CardReaderEvent::Status(CardReaderStatus { state })
    }

    #[test]
    fn one_slot_that_works_is_enough() {
        let mut readers = CardReaders::new(2);

        assert_eq!(
            readers.hear(0, status(DeviceState::Faulted)),
            Some(status(DeviceState::Faulted))
        );
        assert_eq!(
            readers.hear(1, status(DeviceState::Ready)),
            Some(status(DeviceState::Ready))
        );
        assert_eq!(
            readers.hear(0, status(DeviceState::Absent)),
            Some(status(DeviceState::Ready))
        );
    }

    #[test]
    fn a_second_card_in_the_other_slot_is_nobody() {
        let mut readers = CardReaders::new(2);

        assert!(readers.hear(1, CardReaderEvent::Inserted).is_some());
        assert_eq!(readers.hear(0, CardReaderEvent::Inserted), None);
        assert_eq!(readers.hear(0, CardReaderEvent::Removed), None);
        assert!(readers.hear(1, CardReaderEvent::Removed).is_some());
        assert!(readers.hear(0, CardReaderEvent::Inserted).is_some());
    }
}
