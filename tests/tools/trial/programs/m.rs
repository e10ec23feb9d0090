fn main(){ println!("bot started"); let v: Option<i32>=None; v.unwrap(); }
