//! The place of one device: opened when it is needed, looked for when it vanishes.

use std::time::{Duration, Instant};

use super::NoDevice;
use crate::Device;

/// How often a device that is not there is looked for.
const LOOKED_FOR_EVERY: Duration = Duration::from_secs(1);

/// What became of the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Gone,
    Back,
}

/// One device's place; `T` is what is opened.
pub(super) struct Slot<T> {
    pub(super) device: Device,
    pub(super) current: Option<T>,
    /// Of the last question; answers to earlier ones are not wanted any more.
    number: u64,
    asked: bool,
    retry_at: Option<Instant>,
    missed: bool,
}

impl<T> Slot<T> {
    pub(super) fn new(device: Device) -> Self {
        Self {
            device,
            current: None,
            number: 0,
            asked: false,
            retry_at: None,
            missed: false,
        }
    }

    /// Closes the device; it is nobody's loss.
    pub(super) fn close(&mut self) {
        let device = std::mem::take(&mut self.device);
        let number = self.number;
        *self = Self::new(device);
        self.number = number;
    }

    /// Takes another device.
    pub(super) fn choose(&mut self, device: Device) {
        if self.device != device {
            self.device = device;
            self.close();
        }
    }

    /// The number of a question to ask now, if one is due. `gone` says whether what
    /// is open has vanished.
    pub(super) fn look_after(
        &mut self,
        gone: impl FnOnce(&T) -> bool,
        now: Instant,
    ) -> (Option<u64>, Option<Change>) {
        let mut change = None;
        if self.current.as_ref().is_some_and(gone) {
            self.current = None;
            change = self.miss(now);
        }
        let due = self.retry_at.is_none_or(|at| at <= now);
        if self.current.is_some() || self.asked || !due {
            return (None, change);
        }
        self.asked = true;
        self.number += 1;
        (Some(self.number), change)
    }

    /// The answer to a question.
    pub(super) fn opened(
        &mut self,
        number: u64,
        opened: Result<T, NoDevice>,
        now: Instant,
    ) -> Option<Change> {
        if !self.asked || number != self.number {
            return None;
        }
        self.asked = false;
        match opened {
            Ok(device) => {
                self.current = Some(device);
                std::mem::take(&mut self.missed).then_some(Change::Back)
            }
            Err(error) => {
                tracing::debug!(%error, "A sound device is not there");
                self.miss(now)
            }
        }
    }

    fn miss(&mut self, now: Instant) -> Option<Change> {
        self.retry_at = Some(now + LOOKED_FOR_EVERY);
        let already = std::mem::replace(&mut self.missed, true);
        (!already).then_some(Change::Gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn here(_: &bool) -> bool {
        false
    }

    #[test]
    fn a_device_that_vanishes_is_missed_once_and_used_again() {
        let begin = Instant::now();
        let mut slot = Slot::new(Device::Default);
        assert_eq!(slot.look_after(here, begin), (Some(1), None));
        assert_eq!(slot.look_after(here, begin), (None, None));
        assert_eq!(slot.opened(1, Ok(true), begin), None);

        assert_eq!(slot.look_after(|_| true, begin), (None, Some(Change::Gone)));
        let later = begin + SECOND;
        assert_eq!(slot.look_after(here, later), (Some(2), None));
        assert_eq!(slot.opened(2, Err(NoDevice::Unknown), later), None);
        assert_eq!(slot.look_after(here, later), (None, None));
        let later = later + SECOND;
        assert_eq!(slot.look_after(here, later), (Some(3), None));
        assert_eq!(slot.opened(3, Ok(true), later), Some(Change::Back));
        assert_eq!(slot.current, Some(true));
    }

    #[test]
    fn a_device_that_comes_too_late_is_not_used() {
        let now = Instant::now();
        let mut slot = Slot::new(Device::Default);
        let _ = slot.look_after(here, now);
        slot.close();
        assert_eq!(slot.opened(1, Ok(true), now), None);

        slot.choose(Device::Null);
        assert_eq!(slot.look_after(here, now), (Some(2), None));
        assert_eq!(slot.opened(1, Ok(true), now), None);

        assert_eq!(slot.current, None);
    }
}
