using System.Numerics;

namespace Breitband.Import;

/// <summary>
/// The keys of a table seen so far, each as 64 bits, so that memory is bounded: two different keys in a billion rows meet by chance once in forty
/// imports. Keys are mostly counted up, and memory is slow for who jumps about in it: keys that differ in their last character only get places
/// side by side.
/// </summary>
sealed class KeySet
{
    const int Side = 16;

    ulong[] slots = new ulong[1 << 12];
    int count;

    /// <summary>False when the key was there.</summary>
    public bool Add(string key)
    {
        if (++count > slots.Length / 2)
            Grow();
        return Put(slots, Hash(key));
    }

    static bool Put(ulong[] slots, ulong hash)
    {
        var mask = (ulong)slots.Length - 1;
        for (var at = Place(hash, slots.Length); ; at = (at + 1) & mask)
        {
            if (slots[at] == hash)
                return false;
            if (slots[at] != 0)
                continue;
            slots[at] = hash;
            return true;
        }
    }

    /// <summary>All but the last character choose the block of slots, the last one the slot in it.</summary>
    static ulong Place(ulong hash, int size) => ((hash / Side * 0x9E3779B97F4A7C15) >> (64 - BitOperations.Log2((uint)size / Side)) << 4) | (hash % Side);

    void Grow()
    {
        var larger = new ulong[slots.Length * 2];
        foreach (var hash in slots)
            if (hash != 0)
                Put(larger, hash);
        slots = larger;
    }

    /// <summary>FNV-1a of all but the last character, of which four bits stay as they are; 0 marks a free slot.</summary>
    static ulong Hash(string key)
    {
        var hash = 14695981039346656037UL;
        for (var i = 0; i < key.Length - 1; i++)
            hash = (hash ^ key[i]) * 1099511628211UL;
        var last = key.Length > 0 ? key[^1] : '\0';
        // What does not fit into the four bits goes into the others.
        hash = (((hash ^ (ulong)(last / Side)) * 1099511628211UL) & ~(ulong)(Side - 1)) | (last % (uint)Side);
        return hash == 0 ? 1 : hash;
    }
}
