//! Machines at work.

use kiosk_ui::{KioskWindow, Work as ShownWork, WorkState as ShownState, WorkingPort};
use slint::ComponentHandle;

use super::rows;
use crate::visit::view::{Work, WorkState, WorkStep};

pub(super) fn show(window: &KioskWindow, steps: &[WorkStep]) {
    let port = window.global::<WorkingPort>();
    let step = |step: &WorkStep| kiosk_ui::WorkStep {
        work: work(step.work),
        state: state(step.state),
    };
    if let Some(model) = rows::update(&port.get_steps(), steps.iter().map(step).collect()) {
        port.set_steps(model);
    }
    let doing = steps.iter().find(|step| step.state == WorkState::Doing);
    if let Some(step) = doing.or(steps.last()) {
        port.set_now(work(step.work));
    }
}

fn work(work: Work) -> ShownWork {
    match work {
        Work::SendRequest => ShownWork::SendRequest,
        Work::AskAgency => ShownWork::AskAgency,
        Work::MakeCertificate => ShownWork::MakeCertificate,
        Work::PrintCertificate => ShownWork::PrintCertificate,
        Work::TakeMoney => ShownWork::TakeMoney,
        Work::PrintReceipt => ShownWork::PrintReceipt,
        Work::PrintTicket => ShownWork::PrintTicket,
        Work::LookUpTicket => ShownWork::LookUpTicket,
        Work::LookUpPaper => ShownWork::LookUpPaper,
        Work::ReturnMoney => ShownWork::ReturnMoney,
        Work::ReverseCard => ShownWork::ReverseCard,
        Work::LookIntoCrash => ShownWork::LookIntoCrash,
    }
}

fn state(state: WorkState) -> ShownState {
    match state {
        WorkState::ToDo => ShownState::ToDo,
        WorkState::Doing => ShownState::Doing,
        WorkState::Done => ShownState::Done,
        WorkState::Failed => ShownState::Failed,
    }
}
