//! A machine is brought into service: from a stick and a label to a kiosk that serves.

pub mod view;
