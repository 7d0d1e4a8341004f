#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    secure_api_fuzz::document::check(data);
});
