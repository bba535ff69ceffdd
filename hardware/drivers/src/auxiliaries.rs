//! Lights, the cabinet's contacts, and the power supply.

pub mod modbus;
pub mod nut;
