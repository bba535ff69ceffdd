//! What a technician can touch, and the name each of it has on the screen.

use super::{adjusting::Setting, test::Test};

/// A page of the technician's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Status,
    Tests,
    Cash,
    Settings,
    Reports,
}

impl Tab {
    pub const ALL: [Self; 5] = [
        Self::Status,
        Self::Tests,
        Self::Cash,
        Self::Settings,
        Self::Reports,
    ];

    fn id(self) -> &'static str {
        match self {
            Tab::Status => "status",
            Tab::Tests => "tests",
            Tab::Cash => "cash",
            Tab::Settings => "settings",
            Tab::Reports => "reports",
        }
    }
}

/// One touch, named by what the technician meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    Open(Tab),
    /// The PIN, or a number, is typed.
    Enter,
    Cancel,
    Leave,
    /// Korean, or English.
    SwitchTongue,
    /// Asks the exchange whom it reaches.
    AskNetworks,
    Try(Test),
    /// It is as it should be, or not.
    Yes,
    No,
    /// Makes the readiness report, or the support bundle.
    Report,
    Bundle,
    /// Starts the program anew.
    Restart,
    /// The boxes are emptied.
    CashUp,
    /// How it stands, on paper.
    PrintTally,
    /// What was closed last, on paper again.
    PrintLast,
    /// The hopper at this address was filled.
    Fill(u8),
    /// Sets something ...
    Adjust(Setting),
    /// ... by a step down, or up.
    Less,
    More,
}

impl Task {
    /// As a control on the screen is called.
    pub fn id(self) -> String {
        match self {
            Task::Open(tab) => format!("open {}", tab.id()),
            Task::Enter => "enter".to_owned(),
            Task::Cancel => "cancel".to_owned(),
            Task::Leave => "leave".to_owned(),
            Task::SwitchTongue => "tongue".to_owned(),
            Task::AskNetworks => "networks".to_owned(),
            Task::Try(test) => format!("try {}", test.id()),
            Task::Yes => "yes".to_owned(),
            Task::No => "no".to_owned(),
            Task::Report => "report".to_owned(),
            Task::Bundle => "bundle".to_owned(),
            Task::Restart => "restart".to_owned(),
            Task::CashUp => "cash up".to_owned(),
            Task::PrintTally => "print tally".to_owned(),
            Task::PrintLast => "print last".to_owned(),
            Task::Fill(address) => format!("fill {address}"),
            Task::Adjust(setting) => format!("set {}", setting.id()),
            Task::Less => "less".to_owned(),
            Task::More => "more".to_owned(),
        }
    }

    pub fn of_id(id: &str) -> Option<Self> {
        Self::all().find(|it| it.id() == id)
    }

    fn all() -> impl Iterator<Item = Self> {
        let tabs = Tab::ALL.into_iter().map(Task::Open);
        let others = [
            Task::Enter,
            Task::Cancel,
            Task::Leave,
            Task::SwitchTongue,
            Task::AskNetworks,
            Task::Yes,
            Task::No,
            Task::CashUp,
            Task::PrintTally,
            Task::PrintLast,
            Task::Report,
            Task::Bundle,
            Task::Restart,
            Task::Less,
            Task::More,
        ];
        let tests = Test::ALL.into_iter().map(Task::Try);
        let hoppers = (0..=u8::MAX).map(Task::Fill);
        let settings = Setting::ALL.into_iter().map(Task::Adjust);
        tabs.chain(tests)
            .chain(others)
            .chain(settings)
            .chain(hoppers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_found_by_its_name() {
        for task in Task::all() {
            assert_eq!(Task::of_id(&task.id()), Some(task));
        }
        assert_eq!(Task::of_id("anything else"), None);
    }
}
