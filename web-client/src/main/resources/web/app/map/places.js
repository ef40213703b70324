/**
 * Names for orientation where no tile server is configured: large cities, position to a tenth of a degree or better.
 * `rank` 1 is shown from the whole world on, 3 only when near.
 */
const LIST = `
1 Beijing 39.91 116.40;1 Shanghai 31.23 121.47;1 Guangzhou 23.13 113.26;2 Shenzhen 22.54 114.06;2 Hong Kong 22.30 114.17;3 Macau 22.20 113.54;3 Dongguan 23.02 113.75;3 Foshan 23.02 113.12;3 Zhuhai 22.27 113.57
3 Huizhou 23.11 114.42;3 Zhongshan 22.52 113.39;2 Chengdu 30.66 104.06;2 Chongqing 29.56 106.55;2 Wuhan 30.59 114.31;2 Xi'an 34.34 108.94;3 Nanjing 32.06 118.80;3 Hangzhou 30.27 120.16;3 Suzhou 31.30 120.59
3 Tianjin 39.13 117.20;2 Shenyang 41.80 123.43;2 Harbin 45.80 126.53;3 Dalian 38.91 121.61;3 Qingdao 36.07 120.38;3 Jinan 36.65 117.12;3 Zhengzhou 34.75 113.62;3 Changsha 28.23 112.94;2 Kunming 25.04 102.71
3 Nanning 22.82 108.37;3 Fuzhou 26.07 119.30;3 Xiamen 24.48 118.09;3 Nanchang 28.68 115.86;3 Hefei 31.82 117.23;3 Guiyang 26.65 106.63;2 Lanzhou 36.06 103.83;1 Urumqi 43.83 87.62;2 Lhasa 29.65 91.12;3 Hohhot 40.84 111.75
3 Taiyuan 37.87 112.55;3 Shijiazhuang 38.04 114.51;3 Changchun 43.82 125.32;3 Haikou 20.04 110.20;2 Taipei 25.03 121.57;3 Kaohsiung 22.63 120.30;1 Tokyo 35.68 139.69;3 Osaka 34.69 135.50;3 Nagoya 35.18 136.91
3 Sapporo 43.06 141.35;3 Fukuoka 33.59 130.40;1 Seoul 37.57 126.98;3 Busan 35.18 129.08;2 Pyongyang 39.02 125.75;2 Ulaanbaatar 47.89 106.91;2 Vladivostok 43.12 131.89;1 Manila 14.60 120.98;3 Cebu 10.32 123.90
2 Hanoi 21.03 105.85;2 Ho Chi Minh City 10.78 106.70;1 Bangkok 13.76 100.50;3 Phnom Penh 11.56 104.92;3 Vientiane 17.97 102.61;2 Yangon 16.84 96.17;2 Kuala Lumpur 3.14 101.69;1 Singapore 1.35 103.82;1 Jakarta -6.21 106.85
3 Surabaya -7.26 112.75;1 Delhi 28.61 77.21;1 Mumbai 19.08 72.88;2 Kolkata 22.57 88.36;2 Chennai 13.08 80.27;2 Bengaluru 12.97 77.59;3 Hyderabad 17.39 78.49;2 Dhaka 23.81 90.41;2 Kathmandu 27.72 85.32;2 Colombo 6.93 79.86
1 Karachi 24.86 67.01;2 Lahore 31.55 74.34;3 Islamabad 33.68 73.05;2 Kabul 34.56 69.21;2 Tashkent 41.30 69.24;2 Almaty 43.24 76.95;3 Astana 51.17 71.43;1 Tehran 35.69 51.39;2 Baghdad 33.31 44.37;1 Riyadh 24.71 46.68
2 Jeddah 21.49 39.19;1 Dubai 25.20 55.27;3 Abu Dhabi 24.45 54.38;3 Doha 25.29 51.53;3 Kuwait City 29.38 47.99;3 Muscat 23.59 58.41;3 Jerusalem 31.78 35.22;3 Amman 31.95 35.93;3 Beirut 33.89 35.50;2 Ankara 39.93 32.86
1 Istanbul 41.01 28.98;3 Tbilisi 41.72 44.79;3 Baku 40.41 49.87;1 Moscow 55.76 37.62;2 Saint Petersburg 59.93 30.34;2 Yekaterinburg 56.84 60.61;1 Novosibirsk 55.03 82.92;2 Irkutsk 52.29 104.28;2 Kyiv 50.45 30.52
3 Minsk 53.90 27.57;2 Warsaw 52.23 21.01;2 Berlin 52.52 13.41;3 Hamburg 53.55 9.99;3 Munich 48.14 11.58;3 Frankfurt 50.11 8.68;3 Prague 50.08 14.44;2 Vienna 48.21 16.37;3 Budapest 47.50 19.04;2 Bucharest 44.43 26.10
3 Sofia 42.70 23.32;3 Belgrade 44.79 20.45;2 Athens 37.98 23.73;1 Rome 41.90 12.50;3 Milan 45.46 9.19;3 Zurich 47.38 8.54;1 Paris 48.86 2.35;3 Lyon 45.76 4.84;3 Marseille 43.30 5.37;3 Brussels 50.85 4.35
3 Amsterdam 52.37 4.90;1 London 51.51 -0.13;3 Manchester 53.48 -2.24;3 Dublin 53.35 -6.26;1 Madrid 40.42 -3.70;3 Barcelona 41.39 2.17;2 Lisbon 38.72 -9.14;3 Copenhagen 55.68 12.57;2 Stockholm 59.33 18.07;3 Oslo 59.91 10.75
3 Helsinki 60.17 24.94;3 Reykjavik 64.15 -21.94;1 Cairo 30.04 31.24;3 Alexandria 31.20 29.92;2 Casablanca 33.57 -7.59;3 Algiers 36.75 3.06;3 Tunis 36.81 10.18;3 Tripoli 32.89 13.19;2 Khartoum 15.50 32.56;2 Addis Ababa 9.03 38.74
1 Nairobi -1.29 36.82;2 Dar es Salaam -6.79 39.21;1 Lagos 6.52 3.38;3 Accra 5.60 -0.19;2 Dakar 14.72 -17.47;3 Abidjan 5.36 -4.01;1 Kinshasa -4.44 15.27;2 Luanda -8.84 13.23;3 Lusaka -15.39 28.32;3 Harare -17.83 31.05
1 Johannesburg -26.20 28.05;2 Cape Town -33.92 18.42;3 Durban -29.86 31.02;3 Antananarivo -18.88 47.51;1 Sydney -33.87 151.21;2 Melbourne -37.81 144.96;3 Brisbane -27.47 153.03;1 Perth -31.95 115.86;3 Adelaide -34.93 138.60
2 Darwin -12.46 130.84;2 Auckland -36.85 174.76;3 Wellington -41.29 174.78;3 Port Moresby -9.44 147.18;2 Honolulu 21.31 -157.86;2 Anchorage 61.22 -149.90;2 Vancouver 49.28 -123.12;3 Seattle 47.61 -122.33
1 San Francisco 37.77 -122.42;1 Los Angeles 34.05 -118.24;3 Phoenix 33.45 -112.07;2 Denver 39.74 -104.99;3 Dallas 32.78 -96.80;2 Houston 29.76 -95.37;1 Chicago 41.88 -87.63;3 Atlanta 33.75 -84.39;2 Miami 25.76 -80.19
3 Washington 38.91 -77.04;1 New York 40.71 -74.01;3 Boston 42.36 -71.06;2 Toronto 43.65 -79.38;3 Montreal 45.50 -73.57;3 Calgary 51.05 -114.07;1 Mexico City 19.43 -99.13;3 Guadalajara 20.66 -103.35;3 Monterrey 25.69 -100.32
3 Havana 23.11 -82.37;3 Guatemala City 14.63 -90.51;3 Panama City 8.98 -79.52;1 Bogota 4.71 -74.07;2 Caracas 10.48 -66.90;2 Quito -0.18 -78.47;1 Lima -12.05 -77.04;3 La Paz -16.50 -68.15;2 Santiago -33.45 -70.67
1 Buenos Aires -34.60 -58.38;3 Montevideo -34.90 -56.16;3 Asuncion -25.28 -57.63;1 São Paulo -23.55 -46.63;2 Rio de Janeiro -22.91 -43.17;3 Brasilia -15.79 -47.88;3 Salvador -12.97 -38.50;2 Recife -8.05 -34.88;2 Manaus -3.12 -60.02`;

export const PLACES = Object.freeze(LIST.trim().split(/[;\n]/).map((line) => {
  const [, rank, name, latitude, longitude] = /^(\d) (.+) (\S+) (\S+)$/.exec(line);
  return Object.freeze({ name, rank: Number(rank), latitude: Number(latitude), longitude: Number(longitude) });
}));

/** Those worth naming at a zoom, the greatest first. */
export function placesAt(zoom) {
  const rank = zoom < 3.5 ? 1 : zoom < 5.5 ? 2 : 3;
  return PLACES.filter((place) => place.rank <= rank).sort((a, b) => a.rank - b.rank);
}
