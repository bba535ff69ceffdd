//! What a technician can touch, and the name each of it has on the screen.

/// A page of the technician's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Status,
}

impl Tab {
    pub const ALL: [Self; 1] = [Self::Status];

    fn id(self) -> &'static str {
        match self {
            Tab::Status => "status",
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
        ];
        tabs.chain(others)
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
