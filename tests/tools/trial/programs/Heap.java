public class Heap { public static void main(String[] a) { java.util.List<long[]> l=new java.util.ArrayList<>(); while(true) l.add(new long[1000000]); } }
