//! What the agent hears and speaks with: which devices, whether they work, how loud
//! it is. Of a telephone in the desk itself alone.
//!
//! Four verbs, no I/O; nothing here is due at a time of its own.

#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use softphone::{Device, OfferedDevice, OfferedDevices, Side, SoundSettings};

use crate::telephone::{Levels, SoundNews, SoundOrder};

/// A microphone that brings not even noise is off, or another one is meant.
const NOTHING: i16 = -90;
/// A headset's own switch, or a breath held, does not last as long.
const SILENT_AFTER: Duration = Duration::from_secs(5);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundTouch {
    Up,
    Down,
    /// The n-th row: the microphones, then the loudspeakers.
    Select(usize),
    /// Takes the device of the selected row.
    Next,
    /// Begins a test, or ends it.
    Test,
    LookAgain,
}

#[derive(Clone, Debug)]
pub enum SoundEvent {
    Touched(SoundTouch),
    /// The pane is up, or no longer.
    Shown(bool),
    Told(SoundNews),
    /// Whether the agent is heard by somebody now.
    Speaks(bool),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundCommand {
    Order(SoundOrder),
    /// Before it is ordered: also after a restart.
    Remember(SoundSettings),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoundView {
    /// The desk is a telephone itself; otherwise one stands beside it.
    pub own: bool,
    /// The system has said which devices there are.
    pub known: bool,
    pub microphones: Vec<DeviceView>,
    pub loudspeakers: Vec<DeviceView>,
    /// Among the microphones, then the loudspeakers.
    pub selected: usize,
    pub testing: bool,
    /// None while nothing is open.
    pub levels: Option<Levels>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceView {
    /// Empty for the system's own choice.
    pub name: String,
    pub chosen: bool,
    /// It cannot be opened, or has vanished.
    pub gone: bool,
}

/// What an agent who talks has to know without looking for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoundTrouble {
    pub microphone_gone: bool,
    pub loudspeaker_gone: bool,
    /// The microphone brings nothing.
    pub silent: bool,
}

pub struct Sound {
    /// What is used; none where the desk is no telephone.
    chosen: Option<SoundSettings>,
    shown: bool,
    offered: Option<OfferedDevices>,
    selected: usize,
    testing: bool,
    speaks: bool,
    levels: Option<Levels>,
    /// Since when the microphone has brought nothing.
    nothing_since: Option<Instant>,
    silent: bool,
    microphone_gone: bool,
    loudspeaker_gone: bool,
    commands: VecDeque<SoundCommand>,
}

impl Sound {
    pub fn new(chosen: Option<SoundSettings>) -> Self {
        Self {
            chosen,
            shown: false,
            offered: None,
            selected: 0,
            testing: false,
            speaks: false,
            levels: None,
            nothing_since: None,
            silent: false,
            microphone_gone: false,
            loudspeaker_gone: false,
            commands: VecDeque::new(),
        }
    }

    pub fn handle(&mut self, event: SoundEvent, now: Instant) {
        if self.chosen.is_none() {
            return;
        }
        match event {
            SoundEvent::Touched(touch) => self.touched(&touch),
            SoundEvent::Shown(shown) => self.show(shown),
            SoundEvent::Told(news) => self.told(news, now),
            SoundEvent::Speaks(speaks) => {
                if speaks != self.speaks {
                    self.speaks = speaks;
                    self.levels = None;
                    self.hear_again();
                }
            }
        }
    }

    pub fn poll_command(&mut self) -> Option<SoundCommand> {
        self.commands.pop_front()
    }

    pub fn is_shown(&self) -> bool {
        self.shown
    }

    pub fn speaks(&self) -> bool {
        self.speaks
    }

    pub fn trouble(&self) -> SoundTrouble {
        SoundTrouble {
            microphone_gone: self.microphone_gone,
            loudspeaker_gone: self.loudspeaker_gone,
            silent: self.silent,
        }
    }

    /// While somebody hears the agent.
    pub fn levels_of_call(&self) -> Option<Levels> {
        self.levels.filter(|_| self.speaks)
    }

    pub fn present(&self) -> SoundView {
        let rows = |side| {
            let chosen = self.chosen.as_ref().map(|it| device(it, side));
            let gone = match side {
                Side::Microphone => self.microphone_gone,
                Side::Loudspeaker => self.loudspeaker_gone,
            };
            let row = |it: &OfferedDevice| {
                let is_chosen = chosen == Some(&it.device);
                DeviceView {
                    name: it.name.clone(),
                    chosen: is_chosen,
                    gone: is_chosen && gone,
                }
            };
            self.offered_on(side).iter().map(row).collect()
        };
        SoundView {
            own: self.chosen.is_some(),
            known: self.offered.is_some(),
            microphones: rows(Side::Microphone),
            loudspeakers: rows(Side::Loudspeaker),
            selected: self.selected,
            testing: self.testing,
            levels: self.levels,
        }
    }

    fn offered_on(&self, side: Side) -> &[OfferedDevice] {
        let offered = self.offered.as_ref();
        offered.map_or(&[], |it| match side {
            Side::Microphone => &it.microphones,
            Side::Loudspeaker => &it.loudspeakers,
        })
    }

    fn rows(&self) -> usize {
        self.offered_on(Side::Microphone).len() + self.offered_on(Side::Loudspeaker).len()
    }

    fn order(&mut self, order: SoundOrder) {
        self.commands.push_back(SoundCommand::Order(order));
    }

    fn show(&mut self, shown: bool) {
        self.shown = shown;
        if shown {
            self.order(SoundOrder::List);
        } else if self.testing {
            self.order(SoundOrder::EndTest);
        }
    }

    fn touched(&mut self, touch: &SoundTouch) {
        match touch {
            SoundTouch::Up => self.select(self.selected.saturating_sub(1)),
            SoundTouch::Down => self.select(self.selected + 1),
            SoundTouch::Select(row) => self.select(*row),
            SoundTouch::Next => self.choose(),
            SoundTouch::Test if self.testing => self.order(SoundOrder::EndTest),
            // In a call the tone would be in the caller's way.
            SoundTouch::Test if self.speaks => {}
            SoundTouch::Test => {
                self.testing = true;
                self.order(SoundOrder::BeginTest);
            }
            SoundTouch::LookAgain => self.order(SoundOrder::List),
        }
    }

    fn select(&mut self, row: usize) {
        self.selected = row.min(self.rows().saturating_sub(1));
    }

    fn choose(&mut self) {
        let microphones = self.offered_on(Side::Microphone).len();
        let (side, row) = match self.selected.checked_sub(microphones) {
            None => (Side::Microphone, self.selected),
            Some(row) => (Side::Loudspeaker, row),
        };
        let wanted = self.offered_on(side).get(row).map(|it| it.device.clone());
        let (Some(wanted), Some(chosen)) = (wanted, &mut self.chosen) else {
            return;
        };
        let place = match side {
            Side::Microphone => &mut chosen.microphone,
            Side::Loudspeaker => &mut chosen.loudspeaker,
        };
        if *place == wanted {
            return;
        }
        *place = wanted;
        let chosen = chosen.clone();
        match side {
            Side::Microphone => self.microphone_gone = false,
            Side::Loudspeaker => self.loudspeaker_gone = false,
        }
        self.hear_again();
        self.commands
            .push_back(SoundCommand::Remember(chosen.clone()));
        self.order(SoundOrder::Choose(chosen));
    }

    fn told(&mut self, news: SoundNews, now: Instant) {
        match news {
            SoundNews::Offered(offered) => {
                self.offered = Some(self.with_what_is_used(offered));
                self.select(self.selected);
            }
            SoundNews::Levels(levels) => self.hear(levels, now),
            SoundNews::Gone(Side::Microphone) => self.microphone_gone = true,
            SoundNews::Gone(Side::Loudspeaker) => self.loudspeaker_gone = true,
            SoundNews::Back(Side::Microphone) => self.microphone_gone = false,
            SoundNews::Back(Side::Loudspeaker) => self.loudspeaker_gone = false,
            SoundNews::TestEnded => {
                self.testing = false;
                self.levels = None;
                self.hear_again();
            }
        }
    }

    /// What is used stands in the list, also when it is not there now.
    fn with_what_is_used(&self, mut offered: OfferedDevices) -> OfferedDevices {
        let Some(chosen) = &self.chosen else {
            return offered;
        };
        for (rows, side) in [
            (&mut offered.microphones, Side::Microphone),
            (&mut offered.loudspeakers, Side::Loudspeaker),
        ] {
            let used = device(chosen, side);
            if !rows.iter().any(|it| it.device == *used) {
                rows.push(OfferedDevice {
                    device: used.clone(),
                    name: name(used),
                });
            }
        }
        offered
    }

    fn hear(&mut self, levels: Levels, now: Instant) {
        self.levels = Some(levels);
        if levels.microphone > NOTHING {
            self.hear_again();
        } else {
            let since = *self.nothing_since.get_or_insert(now);
            self.silent = now.saturating_duration_since(since) >= SILENT_AFTER;
        }
    }

    fn hear_again(&mut self) {
        self.nothing_since = None;
        self.silent = false;
    }
}

fn device(settings: &SoundSettings, side: Side) -> &Device {
    match side {
        Side::Microphone => &settings.microphone,
        Side::Loudspeaker => &settings.loudspeaker,
    }
}

/// Of a device that the system does not offer.
fn name(device: &Device) -> String {
    match device {
        Device::Default => String::new(),
        Device::Named(name) => name.clone(),
        Device::File(file) => file.display().to_string(),
        Device::Null => "null".to_owned(),
    }
}
