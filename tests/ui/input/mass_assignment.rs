use secure_api::prelude::*;

#[derive(Input)]
pub struct AccountChange {
    #[input(text, max_len = 80)]
    pub display_name: Option<String>,
    pub verified_email: Option<Email>,
    pub admin: Option<bool>,
    pub superuser: Option<bool>,
    #[input(name = "isStaff")]
    pub staff: Option<bool>,
    pub user_id: Option<uuid::Uuid>,
    pub email_verified: Option<bool>,
    #[input(range = 0..=9)]
    pub balance: Option<u32>,
    #[input(max_len = 20)]
    pub plan: Option<String>,
    pub is_moderator: Option<bool>,
    pub approved_at: Option<Timestamp>,
}

fn main() {}
